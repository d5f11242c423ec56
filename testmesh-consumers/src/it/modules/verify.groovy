// The jars are those that were asked for; on the module path a flow runs, and one that fails shows.
def jars = new File(basedir, "target/jars.txt").text.split(":").collect { new File(it) }
def names = jars.collect { it.name }.sort()
def wanted = new File(basedir, "jars.txt").readLines()
assert names == wanted : "the project gets other jars:\n" + names.join("\n")

def run(jars, flows) {
  def java = System.getProperty("java.home") + "/bin/java"
  def path = ([new File(basedir, "target/classes")] + jars).join(File.pathSeparator)
  def process =
      // Libraries that are modules themselves are seen by an automatic module only when they are added.
      new ProcessBuilder(
              java, "-p", path, "--add-modules", "ALL-MODULE-PATH",
              "-m", "org.example.modules/org.example.modules.Main", flows)
          .directory(basedir)
          .redirectErrorStream(true)
          .start()
  def text = process.inputStream.text
  [process.waitFor(), text]
}

def (passed, said) = run(jars, "src/main/flows")
assert passed == 0 && said.contains("all passed") : said
def (failed, told) = run(jars, "src/main/failing")
assert failed == 1 && told.contains('body.state == "sent"') : told
