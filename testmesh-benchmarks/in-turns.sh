#!/usr/bin/env bash
# Builds the module and measures steps against the bare client, in turns with it in one process:
#   testmesh-benchmarks/in-turns.sh RedisSteps          wants redis-server on the PATH
set -euo pipefail
source "$(dirname "$0")/environment.sh"

build
exec "$(java_command)" -cp "$(benchmark_class_path)" "io.testmesh.benchmarks.$1"
