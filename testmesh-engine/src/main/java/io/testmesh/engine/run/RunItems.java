package io.testmesh.engine.run;

import io.testmesh.engine.check.CheckedFlow;
import io.testmesh.engine.data.Row;
import io.testmesh.engine.data.RowCursor;
import io.testmesh.engine.data.RowSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a run has to do, in order: each flow, or each of its rows, which are read when their turn
 * comes. Safe for use by several threads.
 */
final class RunItems implements AutoCloseable {
  private final List<CheckedFlow> flows;
  private final int size;
  private int flow;
  private int index;
  private int rowsLeft;
  private @Nullable RowCursor rows;
  private @Nullable String broken;

  RunItems(List<CheckedFlow> flows) {
    this.flows = List.copyOf(flows);
    int count = 0;
    for (CheckedFlow checked : flows) {
      count += size(checked);
    }
    this.size = count;
  }

  private static int size(CheckedFlow checked) {
    RowSource source = checked.rows();
    return source == null ? 1 : source.size();
  }

  /** How many there are in all. */
  int size() {
    return size;
  }

  /** Says which flows have no rows, so that nobody takes them for tests that passed. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (CheckedFlow checked : flows) {
      if (size(checked) == 0) {
        String file = checked.flow().source().value().file();
        notes.add(
            (file.isEmpty() ? "\"" + checked.flow().name() + "\"" : file)
                + " not selected: its data source has no rows");
      }
    }
    return notes;
  }

  /** The next one, or null after the last. */
  synchronized @Nullable RunItem next() {
    while (rowsLeft == 0) {
      closeRows();
      if (flow == flows.size()) {
        return null;
      }
      CheckedFlow checked = flows.get(flow++);
      RowSource source = checked.rows();
      if (source == null) {
        return new RunItem(index++, checked, null, null);
      }
      rowsLeft = source.size();
      open(source);
    }
    rowsLeft--;
    CheckedFlow checked = flows.get(flow - 1);
    Row row = read();
    return new RunItem(index++, checked, row, row == null ? broken : null);
  }

  private void open(RowSource source) {
    broken = null;
    try {
      rows = source.rows();
    } catch (IOException e) {
      broken = words(e);
    }
  }

  private @Nullable Row read() {
    if (rows == null || broken != null) {
      return null;
    }
    try {
      Row row = rows.next();
      if (row == null) {
        broken = "there are fewer rows than when they were checked";
      }
      return row;
    } catch (IOException e) {
      broken = words(e);
      return null;
    }
  }

  private static String words(IOException e) {
    return "the rows cannot be read: " + Failures.words(e);
  }

  private void closeRows() {
    try {
      if (rows != null) {
        rows.close();
      }
    } catch (IOException e) {
      // All that was wanted has been read.
      LoggerFactory.getLogger(RunItems.class).debug("rows could not be closed", e);
    }
    rows = null;
  }

  @Override
  public synchronized void close() {
    closeRows();
  }
}
