#!/usr/bin/env bash
# Measures what reports add to `./testmesh run`, the whole process, for 10,000 steps in 500 flows: HTTP
# steps with an answer of 600 bytes from a server on the same machine, and steps that cost nothing.
# Runs without and with reports take turns, so that a busy machine slows both; medians.
#   testmesh-benchmarks/reports.sh [RUNS [FORMATS]]
#   testmesh-benchmarks/reports.sh 11 "json ndjson"     two formats instead of all
# CPU is the time of all processors in the process, user and system.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

runs=${1:-11}
formats=${2:-html json ndjson junit}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%U %S %R'

# Writes 500 flows of 20 steps; the argument is the step.
write_flows() {
  local to=$1 i j
  mkdir "$folder/$to"
  for ((i = 0; i < 500; i++)); do
    {
      printf 'flow:\n  name: flow %d\n  steps:\n' "$i"
      for ((j = 0; j < 20; j++)); do printf '    - %s\n' "$2"; done
    } >"$folder/$to/$i.yaml"
  done
}

reports=()
for format in $formats; do reports+=(--report "$format=$folder/report.$format"); done

# Appends "CPU wall-clock", both in seconds, of one run to a file.
one_run() {
  local to=$1
  shift
  { time quietly "$testmesh" run "$@"; } 2>&1 | awk '{ print $1 + $2, $3 }' >>"$folder/$to"
}

median() {
  awk -v column="$1" '{ print $column }' "$2" | least_and_median | awk '{ print $2 }'
}

measure() {
  local name=$1 i
  quietly "$testmesh" run "$folder/$name" "${reports[@]}"
  : >"$folder/without"
  : >"$folder/with"
  for ((i = 0; i < runs; i++)); do
    one_run without "$folder/$name"
    one_run with "$folder/$name" "${reports[@]}"
  done
  printf '%-5s  without: CPU %.2f s, wall clock %.2f s   with: CPU %.2f s, wall clock %.2f s\n' "$name" \
    "$(median 1 "$folder/without")" "$(median 2 "$folder/without")" \
    "$(median 1 "$folder/with")" "$(median 2 "$folder/with")"
  paste "$folder/without" "$folder/with" >"$folder/pairs"
  awk '{ print 100 * ($3 / $1 - 1), 100 * ($4 / $2 - 1) }' "$folder/pairs" >"$folder/added"
  printf '%-5s  added by %s: CPU %.1f %%, wall clock %.1f %%\n' "$name" "$formats" \
    "$(median 1 "$folder/added")" "$(median 2 "$folder/added")"
  stat -c '%n %s' "$folder"/report.* | awk -v name="$name" '{
    sub(".*/report.", ""); printf "%-5s  %-6s %5.1f MB\n", name, $1, $2 / 1e6 }'
}

build
start_server 8
write_flows http "{action: http_request, config: {url: \"$server_url/orders/17\"}, assert: [status == 200]}"
write_flows no-op "{action: log, config: {message: hello}}"
measure http
measure no-op
