/** What users of TestMesh compile against. */
module io.testmesh.api {
  requires static transitive org.jspecify;

  exports io.testmesh;
  exports io.testmesh.action;
  exports io.testmesh.event;
  exports io.testmesh.flow;
  exports io.testmesh.result;
  exports io.testmesh.spi;

  uses io.testmesh.spi.FlowRunnerProvider;
}
