// On the module path a flow runs, and one that fails shows.
def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
def path = ([new File(basedir, "target/classes")] + checks.jars(basedir)).join(File.pathSeparator)
// Libraries that are modules themselves are seen by an automatic module only when they are added.
def command = ["-p", path, "--add-modules", "ALL-MODULE-PATH", "-m", "org.example.modules/org.example.modules.Main"]

def (passed, said) = checks.java(basedir, command + "src/main/flows")
assert passed == 0 && said.contains("all passed") : said
def (failed, told) = checks.java(basedir, command + "src/main/failing")
assert failed == 1 && told.contains('body.state == "sent"') : told
