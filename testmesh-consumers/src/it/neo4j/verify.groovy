context.neo4j.close()
def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.atMost(checks.jars(basedir), 13_000_000)
checks.failure(basedir, "cannot connect to Neo4j at 127.0.0.1:")
