#!/bin/sh
# Builds the checkout $1 for its launcher. Two at once do not get in each other's way: the second waits.
# Says what it does on standard error; standard output belongs to the command that follows.
set -u
root=$1
log=$root/compose-cli/target/build.log
. "$root/compose-cli/src/main/dist/find-jdk.sh"
. "$root/compose-cli/src/main/build/require.sh"

mkdir -p "$root/compose-cli/target"
exec 9>"$root/compose-cli/target/.build-lock"
flock 9
if [ -f "$root/compose-cli/target/jcompose/.complete" ] &&
  [ -z "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$root/compose-cli/target/jcompose/.complete" -print -quit)" ]; then
  exit 0
fi

{
  require_build
  require_run
} >&2 || exit 1
JAVA_HOME=$(dirname "$(dirname "$(find_java)")")
export JAVA_HOME
echo "jcompose: building (the first time this takes a minute or two; log: compose-cli/target/build.log)" >&2
if ! (cd "$root" && mvn -B -ntp package -DskipTests -Dspotless.check.skip=true) >"$log" 2>&1 </dev/null; then
  grep -E '^\[ERROR\]' "$log" | head -n 25 >&2
  echo "jcompose: the build failed; all of it is in $log" >&2
  exit 1
fi
