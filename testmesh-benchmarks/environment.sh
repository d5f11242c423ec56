# Sourced by the scripts of this folder: where things are, and a server to run against.
# TESTMESH names another program to measure than the launcher of this repository.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
testmesh=${TESTMESH:-$root/testmesh}
# Failures are shown there also where a script redirects its standard error.
exec 3>&2

# Builds this module and what it needs, without tests.
build() {
  (cd "$root" && mvn -q -pl testmesh-benchmarks -am package -Dmaven.test.skip=true) || exit 1
}

benchmark_class_path() {
  printf '%s:%s' "$here/target/classes" "$(cat "$here/target/classpath.txt")"
}

java_command() {
  printf '%s' "${JAVA_HOME:+$JAVA_HOME/bin/}java"
}

# Starts the fixed server and sets server_url; it ends with this script. Takes the number of items in
# an answer.
start_server() {
  coproc SERVER {
    exec "$(java_command)" -cp "$here/target/classes" io.testmesh.benchmarks.FixedServer "$@"
  }
  read -r server_url <&"${SERVER[0]}" || {
    echo "the server did not start" >&2
    exit 1
  }
}

# Runs a command whose output does not matter unless it fails.
quietly() {
  local log
  log=$(mktemp)
  "$@" >"$log" 2>&1 || {
    echo "failed: $*" >&3
    cat "$log" >&3
    rm -f "$log"
    exit 1
  }
  rm -f "$log"
}

# The least and the middle of the numbers on standard input.
least_and_median() {
  sort -n | awk '{ v[NR] = $1 } END {
    m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
    printf "%s %s\n", v[1], m
  }'
}
