package io.testmesh.engine.check;

import io.testmesh.action.ActionConfig;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.template.ValueTemplate;
import io.testmesh.flow.Assertion;
import io.testmesh.result.AssertionResult;

/**
 * An assertion whose parts are parsed.
 *
 * @param kind the list that it stands in
 * @param assertion the assertion as it was written
 * @param expression what has to hold
 * @param message what to tell people, or a template of null
 */
public record CompiledAssertion(
    AssertionResult.Kind kind, Assertion assertion, Expression expression, ValueTemplate message)
    implements ActionConfig.CheckedAssertion {}
