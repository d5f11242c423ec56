def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.jars(basedir)
checks.failure(basedir, 'greeting == "Hello, Grace!"')
