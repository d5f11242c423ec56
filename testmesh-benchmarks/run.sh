#!/usr/bin/env bash
# Builds the module and runs its JMH benchmarks. Arguments go to JMH:
#   testmesh-benchmarks/run.sh                          all of them, about 8 minutes
#   testmesh-benchmarks/run.sh NoOp                     those whose names match
#   testmesh-benchmarks/run.sh -f 1 -wi 2 -i 3 Http     a quick look
set -euo pipefail
source "$(dirname "$0")/environment.sh"

build
exec "$(java_command)" -cp "$(benchmark_class_path)" org.openjdk.jmh.Main "$@"
