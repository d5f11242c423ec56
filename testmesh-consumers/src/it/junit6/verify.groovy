// The jars are those that were asked for, and the failing flow failed for its own reason.
def jars = new File(basedir, "target/jars.txt").text.split(":").collect { new File(it) }
def names = jars.collect { it.name }.sort()
def wanted = new File(basedir, "jars.txt").readLines()
assert names == wanted : "the project gets other jars:\n" + names.join("\n")

def log = new File(basedir, "build.log").text
assert log.contains('body.state == "sent"') : "the diagnosis is not in the log"
assert log.contains("Tests run: 1, Failures: 1") : "one failure is wanted"
