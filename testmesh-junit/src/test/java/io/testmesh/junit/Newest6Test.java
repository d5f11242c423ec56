package io.testmesh.junit;

/** JUnit 6.1.3. */
final class Newest6Test extends JunitContract {
  Newest6Test() {
    super("6.1.3");
  }
}
