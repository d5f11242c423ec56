package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionDescriptor;

/** The action {@code neo4j.query}. */
public final class Neo4jQueryAction extends GraphAction {
  /** For {@link java.util.ServiceLoader}. */
  public Neo4jQueryAction() {
    super(
        GraphKeys.rest(
                GraphKeys.query(
                    ActionDescriptor.of("neo4j.query")
                        .describedAs("Runs a query in Neo4j and gives its rows.")))
            .example(
                """
                - action: neo4j.query
                  config:
                    url: bolt://localhost:7687
                    username: neo4j
                    password: secret
                    query: "MATCH (p:Person {name: $name})-[:KNOWS]->(f) RETURN f.name AS friend"
                    params: {name: ann}
                  assert:
                    - count == 1
                    - rows[0].friend == "bob"
                """));
  }
}
