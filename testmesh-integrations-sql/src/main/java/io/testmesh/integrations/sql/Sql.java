package io.testmesh.integrations.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a driver takes it. Immutable.
 *
 * @param jdbc its text, each parameter a question mark
 * @param values of the parameters, JSON-like
 * @param written its text as people know it
 * @param replacements where the server gets something else than what was written, in order
 */
record Sql(
    String jdbc, List<@Nullable Object> values, String written, List<Replacement> replacements) {
  /**
   * A part that the server gets in another form.
   *
   * @param start where it begins in what was written
   * @param writtenLength its length there
   * @param sentLength its length in what the server gets
   */
  record Replacement(int start, int writtenLength, int sentLength) {}

  /**
   * The same statement with other values.
   *
   * @param list where the values of this one, which are indexes, point to
   */
  Sql with(List<?> list) {
    if (values.isEmpty()) {
      return this;
    }
    List<@Nullable Object> chosen = new ArrayList<>(values.size());
    for (Object place : values) {
      chosen.add(place instanceof Integer index ? list.get(index) : null);
    }
    return new Sql(jdbc, chosen, written, replacements);
  }

  /**
   * The place in what was written, from 1 on.
   *
   * @param position of the server: from 1 on
   * @return 0 when there is no such character, or the text has several statements, whose positions
   *     the driver counts apart
   */
  int writtenPosition(int position) {
    // How much further the written text is than the sent one.
    int ahead = 0;
    for (Replacement replacement : replacements) {
      int sentStart = replacement.start() - ahead;
      if (position - 1 < sentStart) {
        break;
      }
      if (position - 1 < sentStart + replacement.sentLength()) {
        return known(replacement.start());
      }
      ahead += replacement.writtenLength() - replacement.sentLength();
    }
    return known(position - 1 + ahead);
  }

  private int known(int place) {
    boolean isThere = place >= 0 && place < written.length();
    return isThere && new SqlScanner(written).statements().size() <= 1 ? place + 1 : 0;
  }
}
