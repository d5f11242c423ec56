package io.testmesh.junit;

/** JUnit 6.0.3. */
final class First6Test extends JunitContract {
  First6Test() {
    super("6.0.3");
  }
}
