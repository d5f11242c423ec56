def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.atMost(checks.jars(basedir), 10_000_000)
checks.failure(basedir, "fromJSON(value).user == 8")
