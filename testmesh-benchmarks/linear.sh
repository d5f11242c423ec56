#!/usr/bin/env bash
# Measures the CPU time (user and system) of `./testmesh run` for 1,000 and for 2,000 written-out HTTP
# steps: the longer flow may cost twice as much at most. Least of 5 runs each.
#   testmesh-benchmarks/linear.sh [RUNS]
# Exit code 1 when it costs more.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

runs=${1:-5}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%U %S %R'

# Every step has a JSON body, an output and two assertions, and reads the step before it.
write_flow() {
  local steps=$1 i
  printf 'flow:\n  name: %d steps\n  env: {order_0: 0}\n  steps:\n' "$steps"
  for ((i = 1; i <= steps; i++)); do
    cat <<STEP
    - id: step_$i
      action: http_request
      config:
        method: POST
        url: "$server_url/orders/\${order_$((i - 1))}"
        body: {item: pen, count: $i, tags: [a, b]}
      assert:
        - status == 200
        - body.status == "open"
      output: {order_$i: body.id}
STEP
  done
}

# Sets cpu and wall to the least CPU and wall-clock seconds.
measure() {
  local flow=$1 i
  for ((i = 0; i < runs; i++)); do
    time quietly "$testmesh" run "$flow"
  done 2>"$folder/times"
  read -r cpu wall < <(awk '
    { used = $1 + $2; if (NR == 1 || used < c) c = used; if (NR == 1 || $3 < w) w = $3 }
    END { printf "%.3f %.3f\n", c, w }' "$folder/times")
}

build
start_server
write_flow 1000 >"$folder/1000.yaml"
write_flow 2000 >"$folder/2000.yaml"
quietly "$testmesh" run "$folder/1000.yaml"

measure "$folder/1000.yaml"
cpu1=$cpu wall1=$wall
measure "$folder/2000.yaml"
awk -v c1="$cpu1" -v c2="$cpu" -v w1="$wall1" -v w2="$wall" 'BEGIN {
  printf "1,000 steps  CPU %.2f s   wall clock %.2f s\n", c1, w1
  printf "2,000 steps  CPU %.2f s   wall clock %.2f s\n", c2, w2
  printf "ratio of CPU %.2f (at most 2); one more step %.0f microseconds\n", c2 / c1, (w2 - w1) * 1000
  exit (c2 > 2 * c1)
}'
