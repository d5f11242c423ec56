module org.example.modules {
  requires io.testmesh.api;
}
