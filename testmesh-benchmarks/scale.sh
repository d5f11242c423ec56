#!/usr/bin/env bash
# Measures `./testmesh` with many flows, from its start to its end, on the Java of JAVA_HOME: least and
# median wall clock of 7 runs, and the median of the processors' time, which a busy machine changes less.
#   JAVA_HOME=/usr/lib/jvm/java-25 testmesh-benchmarks/scale.sh [RUNS]
# The rows of one file run in 256 MiB of heap. Their goal is for Java 21 and newer: without virtual
# threads at most 256 of them run at once.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

runs=${1:-7}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%R %U %S'

# Writes that many flow files of that many HTTP steps.
write_files() {
  local to=$1 files=$2 steps=$3 i j
  mkdir "$folder/$to"
  for ((i = 0; i < files; i++)); do
    {
      printf 'flow:\n  name: flow %d\n  steps:\n' "$i"
      for ((j = 0; j < steps; j++)); do
        printf '    - action: http_request\n      config: {url: "%s/orders/%d"}\n' "$server_url" "$j"
        printf '      assert: [status == 200]\n'
      done
    } >"$folder/$to/$i.yaml"
  done
}

write_rows() {
  local i
  printf 'flow:\n  name: row ${n}\n  data_source:\n    type: inline\n    rows:\n'
  for ((i = 0; i < 2000; i++)); do printf '      - {n: %d}\n' "$i"; done
  printf '  steps:\n    - {action: delay, config: {duration: 200ms}}\n'
}

measure() {
  local name=$1 goal=$2 i
  shift 2
  quietly "$testmesh" "$@"
  for ((i = 0; i < runs; i++)); do time quietly "$testmesh" "$@"; done 2>"$folder/times"
  read -r least median < <(awk '{ print $1 * 1000 }' "$folder/times" | least_and_median)
  read -r _ cpu < <(awk '{ print ($2 + $3) * 1000 }' "$folder/times" | least_and_median)
  printf '%-42s min %5.0f ms   median %5.0f ms   goal %4d ms   CPU %5.0f ms\n' \
    "$name" "$least" "$median" "$goal" "$cpu"
}

build
start_server
write_files run 200 10
write_files check 1000 5
write_rows >"$folder/rows.yaml"

"$(java_command)" -version 2>&1 | head -n 1
cut -d ' ' -f 1-3 /proc/loadavg | sed 's/^/load /'
measure "200 files of 10 HTTP steps, run" 900 run "$folder/run"
measure "1,000 files of 5 HTTP steps, validate" 1500 validate "$folder/check"
TESTMESH_JAVA_OPTS="${TESTMESH_JAVA_OPTS:-} -Xmx256m" \
  measure "2,000 rows of 200 ms, --parallel unlimited" 1500 run --parallel unlimited "$folder/rows.yaml"
