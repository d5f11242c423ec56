// What the projects' verify.groovy share: evaluate(new File(basedir, "../../../src/it/checks.groovy")).

/** The jars that the project gets; fails when they are others than its jars.txt names. */
def jars(File basedir, String list = "target/jars.txt") {
  def jars = new File(basedir, list).text.split(File.pathSeparator).collect { new File(it) }
  def names = jars.collect { it.name }.sort()
  def wanted = new File(basedir, "jars.txt").readLines()
  assert names == wanted : "the project gets other jars:\n" + names.join("\n")
  jars
}

/** What the builds said. */
def log(File basedir) {
  new File(basedir, "build.log").text
}

/** Fails unless the second build failed for its own reason: that expression, in one test. */
void failure(File basedir, String expression) {
  def log = log(basedir)
  assert log.contains(expression) : "the diagnosis is not in the log"
  assert log.contains("Tests run: 1, Failures: 1") || log.contains("Failures: 1, Errors: 0, Skipped: 0") : "one failure is wanted"
}

/** Fails when jars that TestMesh brings are larger than so many bytes, JUnit's own not counted. */
void atMost(List<File> jars, long bytes) {
  def own = jars.findAll { !(it.name =~ /^(junit-|opentest4j|apiguardian)/) }
  def size = own.sum { it.length() }
  println "${own.size()} jars, ${size} bytes"
  assert size < bytes : "${own.size()} jars have ${size} bytes, more than ${bytes}"
}

/** Runs a main class of the project with these jars; gives the exit code and what it said. */
def java(File basedir, List<String> arguments) {
  def process =
      new ProcessBuilder([System.getProperty("java.home") + "/bin/java"] + arguments)
          .directory(basedir)
          .redirectErrorStream(true)
          .start()
  def said = process.inputStream.text
  [process.waitFor(), said]
}

this
