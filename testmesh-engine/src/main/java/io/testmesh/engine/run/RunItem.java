package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedFlow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One flow or data row that is to run.
 *
 * @param index its position in the order of selection, from 0
 * @param checked the flow
 * @param row the data row, or null
 */
record RunItem(int index, CheckedFlow checked, @Nullable Map<String, @Nullable Object> row) {}
