def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.jars(basedir, "user/target/jars.txt")
checks.failure(basedir, 'greeting == "Bye, Ada!"')
