package io.testmesh.junit;

/** JUnit 5.14.4. */
final class Newest5Test extends JunitContract {
  Newest5Test() {
    super("5.14.4");
  }
}
