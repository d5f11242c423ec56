def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
def jars = checks.jars(basedir)
checks.atMost(jars.findAll { !it.name.startsWith("h2-") }, 10_000_000)
checks.failure(basedir, 'first_row.STATE == "paid"')
