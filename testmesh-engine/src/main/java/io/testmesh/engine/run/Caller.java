package io.testmesh.engine.run;

import io.testmesh.engine.scope.FlowScope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The step that runs a flow from within another one.
 *
 * @param flow the flow that the step belongs to
 * @param step the step's id
 * @param scope what the step sees
 * @param limit what bounds the step
 * @param inside where the called flow's steps hang
 * @param input the values that the called flow is given
 * @param inherits whether it sees the variables of the step's flow
 */
record Caller(
    FlowRun flow,
    String step,
    FlowScope scope,
    Limit limit,
    Nesting inside,
    Map<String, @Nullable Object> input,
    boolean inherits) {}
