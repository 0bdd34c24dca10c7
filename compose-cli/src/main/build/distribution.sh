#!/bin/sh
# Makes the distribution of version $2 in $1/target: the folder jcompose/ (bin, lib) and the archive
# jcompose-VERSION.tar.gz of it. The training runs leave lib/*.aot, the archives of classes that would
# otherwise be loaded and linked at every start (JEP 514). A JVM loads the whole of its archive, so there
# is one for commands that read files alone, one for all commands, and one for the engine's daemon.
set -eu
module=$1 version=$2
home=$module/target/jcompose
rm -f "$home/.complete" "$home"/lib/*.aot
mkdir -p "$home/bin" "$home/lib"
cp "$module"/src/main/dist/* "$home/lib/"
cp -p "$module/target/compose-cli-$version.jar" "$home/lib/compose-cli.jar"
cp "$module/../LICENSE" "$home/"
"$module/src/main/native/build.sh" "$home/bin/jcompose"
. "$home/lib/find-jdk.sh"
java=$(find_java)
"$java" "$module/src/main/build/ModernClassFiles.java" "$home"/lib/picocli-*.jar
(cd "$home/lib" && ln -sf picocli-*.jar picocli.jar)
# The archive is only used with jars of the same size and time, so they get a time that survives tar.
find "$home/lib" -name '*.jar' -exec touch -d '2026-01-01T00:00:00Z' {} +

train() {
  if ! "$java" @"$home/lib/jvm.options" -XX:AOTCacheOutput="$home/lib/$1.aot" -Djcompose.home="$home" \
    -Xbootclasspath/a:"$home/lib/picocli.jar" -cp "$home/lib/compose-cli.jar" jcompose.cli.training.TrainingRun "$@" >"$module/target/training.log" 2>&1; then
    cat "$module/target/training.log" >&2
    echo "distribution: the training run failed" >&2
    exit 1
  fi
  [ -s "$home/lib/$1.aot" ] || { echo "distribution: the training run left no archive" >&2; exit 1; }
}
train files
train commands "$home/lib/engine.aot"

tar -C "$module/target" --sort=name --owner=0 --group=0 --numeric-owner --mtime='2026-01-01T00:00:00Z' \
  --transform "s,^jcompose,jcompose-$version," --exclude=.complete -czf "$module/target/jcompose-$version.tar.gz" jcompose
touch "$home/.complete"
