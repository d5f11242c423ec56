package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.data.Row;
import org.jspecify.annotations.Nullable;

/**
 * One flow or data row that is to run.
 *
 * @param index its position in the order of selection, from 0
 * @param checked the flow
 * @param row the data row, or null
 * @param problem why the row cannot be read any more, or null
 */
record RunItem(int index, CheckedFlow checked, @Nullable Row row, @Nullable String problem) {}
