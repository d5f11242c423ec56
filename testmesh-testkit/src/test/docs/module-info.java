module org.example.greet {
  requires io.testmesh.api;

  provides io.testmesh.action.ActionHandler with
      org.example.greet.GreetAction;
}
