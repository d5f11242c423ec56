#!/usr/bin/env bash
# Measures `./testmesh run FILE` from its start to its end, the script's own work included: the least
# and the median of 20 runs for two no-op steps and for one HTTP step, on the Java of JAVA_HOME.
#   JAVA_HOME=/usr/lib/jvm/java-17 testmesh-benchmarks/startup.sh [RUNS]
set -euo pipefail
source "$(dirname "$0")/environment.sh"

runs=${1:-20}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/no-op.yaml" <<'FLOW'
flow:
  name: two no-op steps
  steps:
    - {action: log, config: {message: one}}
    - {action: log, config: {message: two}}
FLOW

build
start_server
cat >"$folder/http.yaml" <<FLOW
flow:
  name: one HTTP step
  steps:
    - {action: http_request, config: {url: "$server_url/items/17"}, assert: [status == 200]}
FLOW

# Milliseconds of one run.
one_run() {
  local start=${EPOCHREALTIME/./}
  quietly "$testmesh" run "$1"
  local end=${EPOCHREALTIME/./}
  awk -v micros=$((end - start)) 'BEGIN { printf "%.1f\n", micros / 1000 }'
}

measure() {
  local name=$1 flow=$2 i
  # The first runs build what is missing and make the class archive.
  for i in 1 2 3; do one_run "$flow" >"$folder/warm-up"; done
  for ((i = 0; i < runs; i++)); do one_run "$flow"; done >"$folder/times"
  read -r least median < <(least_and_median <"$folder/times")
  printf '%-18s min %7s ms   median %7s ms   (%d runs)\n' "$name" "$least" "$median" "$runs"
}

"$(java_command)" -version 2>&1 | head -n 1
measure "two no-op steps" "$folder/no-op.yaml"
measure "one HTTP step" "$folder/http.yaml"
