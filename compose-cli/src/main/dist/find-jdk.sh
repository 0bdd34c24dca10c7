# Sourced: where a JDK 25 or newer is on this machine.

# Prints the path of its java, or fails.
find_java() {
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/*; do
    is_jdk_25 "$candidate" && { printf '%s\n' "$candidate/bin/java"; return 0; }
  done
  on_path=$(command -v java) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/java} &&
    is_jdk_25 "$on_path" && { printf '%s\n' "$on_path/bin/java"; return 0; }
  return 1
}

# A JDK says its version in the file `release`: no JVM needs to be started to ask.
is_jdk_25() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ "${value:-0}" -ge 25 ]
      return
    fi
  done <"$1/release"
  return 1
}

no_jdk() {
  cat <<'END'
jcompose: needs a JDK 25 or newer and found none in JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman or PATH.
Install one, for example:  apt-get install openjdk-25-jdk-headless   (or the package temurin-25-jdk from Adoptium)
and, if it is in another place, set JAVA_HOME to it.
END
}
