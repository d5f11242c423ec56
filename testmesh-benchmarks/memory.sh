#!/usr/bin/env bash
# Finds the least heap in which flows run, for few and for many: with the report that streams, and with
# all reports.
#   testmesh-benchmarks/memory.sh
set -euo pipefail
source "$(dirname "$0")/environment.sh"

heaps=(8 10 12 14 16 20 24 32 40 48 64 96 128 192 256)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

write_rows() {
  mkdir "$folder/rows$1"
  { echo n && seq 1 "$1"; } >"$folder/rows$1/rows.csv"
  cat >"$folder/rows$1/rows.yaml" <<'FLOW'
flow:
  name: row ${n}
  data_source: {type: csv, file: rows.csv}
  steps:
    - {action: log, config: {message: "hello ${n}"}, assert: [message != ""]}
    - {action: log, config: {message: "bye ${n}"}}
FLOW
}

write_files() {
  local i
  mkdir "$folder/files$1"
  for ((i = 0; i < $1; i++)); do
    printf 'flow:\n  name: flow %d\n  steps:\n    - {action: log, config: {message: hello}}\n' "$i" \
      >"$folder/files$1/$i.yaml"
  done
}

measure() {
  local name=$1 flows=$2 heap
  shift 2
  for heap in "${heaps[@]}"; do
    if TESTMESH_JAVA_OPTS=-Xmx${heap}m timeout 300 "$testmesh" run --quiet "$folder/$flows" "$@" \
      >"$folder/out" 2>&1; then
      printf '%-40s %4s MiB\n' "$name" "$heap"
      return
    fi
  done
  printf '%-40s more than %s MiB\n' "$name" "$heap"
}

build
stream=(--report "ndjson=$folder/report.ndjson")
all=("${stream[@]}" --report "html=$folder/report.html" --report "json=$folder/report.json"
  --report "junit=$folder/report.xml")
for rows in 1000 20000 300000; do
  write_rows "$rows"
  measure "$rows CSV rows, ndjson" "rows$rows" "${stream[@]}"
done
# JUnit remembers each test case, and json and html where each flow is in their temporary files.
for rows in 1000 20000; do
  measure "$rows CSV rows, all formats" "rows$rows" "${all[@]}"
done
for files in 1000 20000; do
  write_files "$files"
  measure "$files files, ndjson" "files$files" "${stream[@]}"
done
