package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionDescriptor;

/** The action {@code neo4j.assert}. */
public final class Neo4jAssertAction extends GraphAction {
  /** For {@link java.util.ServiceLoader}. */
  public Neo4jAssertAction() {
    super(
        GraphKeys.rest(
                GraphKeys.query(
                        ActionDescriptor.of("neo4j.assert")
                            .describedAs(
                                "Runs a query in Neo4j until what is asserted of its rows holds."))
                    .polling())
            .example(
                """
                - action: neo4j.assert
                  config:
                    url: bolt://localhost:7687
                    username: neo4j
                    password: secret
                    query: "MATCH (o:Order {id: 17}) RETURN o"
                    within: 20s
                    assert:
                      - count == 1
                      - rows[0].o.state == "paid"
                """));
  }
}
