context.kafka.close()
def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.atMost(checks.jars(basedir), 30_000_000)
checks.failure(basedir, "cannot connect to Kafka at 127.0.0.1:")
