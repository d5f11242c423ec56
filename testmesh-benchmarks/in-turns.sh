#!/usr/bin/env bash
# Builds the module and measures steps against the bare client, in turns with it in one process:
#   testmesh-benchmarks/in-turns.sh RedisSteps          wants redis-server on the PATH
#   testmesh-benchmarks/in-turns.sh SqlSteps            wants PostgreSQL
#   testmesh-benchmarks/in-turns.sh KafkaSteps
# On Linux all of it shares one processor: otherwise what a wake-up costs depends on where the system
# puts a thread, and on virtual machines that is more than everything that is measured.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

build
pinned=()
command -v taskset >/dev/null && [ -z "${UNPINNED:-}" ] && pinned=(taskset -c 0)
exec ${pinned[@]+"${pinned[@]}"} "$(java_command)" -cp "$(benchmark_class_path)" "io.testmesh.benchmarks.$1"
