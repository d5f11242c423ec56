package io.testmesh.junit;

/** JUnit 5.8.0. */
final class Oldest5Test extends JunitContract {
  Oldest5Test() {
    super(Junit.OLDEST);
  }
}
