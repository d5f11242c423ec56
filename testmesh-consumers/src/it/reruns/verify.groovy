def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.jars(basedir)
checks.failure(basedir, "state == wanted")
assert !checks.log(basedir).contains("Flakes:") : "a failure was taken for a flake"
