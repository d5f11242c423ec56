def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.atMost(checks.jars(basedir), 11_000_000)
checks.failure(basedir, "there are 0 spans, and min_spans is 1")
