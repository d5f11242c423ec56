#!/usr/bin/env bash
# Measures plugins with the two samples: what a call costs above a raw socket client that sends the same
# (5 rounds of 3,000 calls, in turns), failures in many calls, and ten plugins that start side by side.
#   JAVA_HOME=/usr/lib/jvm/java-17 testmesh-benchmarks/plugins.sh [CALLS]
# Wants python3 and node.
set -euo pipefail
source "$(dirname "$0")/environment.sh"

cd "$root"
mvn -q -pl testmesh-plugin-host -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/test-classpath.txt
cd testmesh-plugin-host
"$(java_command)" -version 2>&1 | head -n 1
cut -d ' ' -f 1-3 /proc/loadavg | sed 's/^/load /'
exec "$(java_command)" -cp "target/test-classes:target/classes:$(cat target/test-classpath.txt)" \
  io.testmesh.plugin.PluginBenchmark "${1:-100000}"
