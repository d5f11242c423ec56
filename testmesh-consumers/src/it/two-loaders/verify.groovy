def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
def jars = checks.jars(basedir)
def run = { flows -> checks.java(basedir, ["-cp", "target/classes", "org.example.tool.Main", flows, jars.join(File.pathSeparator)]) }

def (passed, said) = run("src/main/flows")
assert passed == 0 && said.count("PASSED PASSED") == 2 : said
assert said.contains("threads left: []") : said
def (failed, told) = run("src/main/failing")
assert failed == 0 && told.count("FAILED FAILED") == 2 : told
