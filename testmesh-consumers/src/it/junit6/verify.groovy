def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.atMost(checks.jars(basedir), 8_000_000)
checks.failure(basedir, 'body.state == "sent"')
