# Sourced: what jcompose needs from the distribution. As root on Debian and its kin what is missing is
# installed, saying so; elsewhere the command to do it is printed.

# need PROGRAM PACKAGE ...: notes the packages of the programs that are missing.
missing=
need() {
  while [ $# -gt 1 ]; do
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || [ -x "/sbin/$1" ] || missing="$missing $2"
    shift 2
  done
}

# Installs what `need` noted, or says how to.
install_missing() {
  [ -z "$missing" ] && return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "jcompose: missing on this machine:$missing"
    echo "Install it, for example:  sudo apt-get install --no-install-recommends$missing"
    return 1
  fi
  echo "jcompose: installing with apt-get:$missing"
  log=$(mktemp)
  # shellcheck disable=SC2086
  if ! { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log"
    rm -f "$log"
    echo "jcompose: apt-get could not install:$missing"
    return 1
  fi
  rm -f "$log"
  missing=
}

require_build() {
  need mvn maven gcc gcc
  [ -e /usr/include/stdio.h ] || missing="$missing libc6-dev"
  find_java >/dev/null || missing="$missing openjdk-25-jdk-headless"
  install_missing && { find_java >/dev/null || { no_jdk; return 1; }; }
}

require_run() {
  need ip iproute2 nft nftables busybox busybox-static
  [ -e /usr/lib/"$(uname -m)"-linux-gnu/libseccomp.so.2 ] || [ -e /usr/lib64/libseccomp.so.2 ] || missing="$missing libseccomp2"
  install_missing
}

# For the tests: a real dockerd (any that is installed will do) and a registry.
require_tests() {
  command -v dockerd >/dev/null 2>&1 || [ -x /opt/peers/usr/sbin/dockerd ] || missing="$missing docker.io"
  need docker-registry docker-registry skopeo skopeo iptables iptables curl curl
  install_missing
}
