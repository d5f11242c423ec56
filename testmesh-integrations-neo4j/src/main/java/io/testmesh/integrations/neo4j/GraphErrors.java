package io.testmesh.integrations.neo4j;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ConnectionErrors;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.SecurityException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;

/** What the driver's exceptions mean, and how it is said. */
final class GraphErrors {
  private static final String KIND = "Neo4j";
  private static final Pattern PLACE = Pattern.compile("\\(line (\\d+), column (\\d+)");

  private GraphErrors() {}

  /** Why a query failed. */
  static ActionException of(Neo4jException e, GraphSettings settings, String query) {
    String code = e.code() == null ? "" : e.code();
    String said = String.valueOf(e.getMessage()).strip();
    if (e instanceof AuthenticationException
        || e instanceof SecurityException && code.contains("Security")) {
      return ConnectionErrors.refused(KIND, settings.address(), said, e).detail("code", code);
    }
    if (e instanceof SessionExpiredException || said.contains("terminated by the server")) {
      return ConnectionErrors.lost(KIND, settings.address(), e);
    }
    if (said.startsWith("Unable to acquire connection")) {
      // It listens and says nothing.
      SocketTimeoutException silence = new SocketTimeoutException("no answer");
      silence.initCause(e);
      return ConnectionErrors.unreachable(KIND, settings.address(), silence);
    }
    if (e instanceof ServiceUnavailableException || e instanceof SecurityException) {
      return ConnectionErrors.unreachable(KIND, settings.address(), e);
    }
    if (code.endsWith("DatabaseNotFound")) {
      return new ActionException(
              "database_not_found", "Neo4j at " + settings.address() + ": " + said, e)
          .hint("check \"database\" of the connection")
          .detail("code", code);
    }
    if (code.contains("TransactionTimedOut")) {
      return new ActionException(ActionException.TIMEOUT, "the query took too long: " + said, e)
          .at("query")
          .detail("code", code);
    }
    // Newer servers mark the place themselves, below the message.
    int end = said.indexOf('\n');
    String first = end < 0 ? said : said.substring(0, end);
    int index = index(first, query);
    ActionException refused =
        new ActionException(
                ActionException.ACTION_FAILED,
                "Neo4j refuses the query: "
                    + first
                    + (code.isEmpty() ? "" : " (" + code + ")")
                    + (index < 0 ? said.substring(first.length()) : ""),
                e)
            .at("query")
            .detail("code", code);
    return index < 0 ? refused : refused.mark(query, index);
  }

  private static int index(String said, String query) {
    Matcher place = PLACE.matcher(said);
    if (!place.find()) {
      return -1;
    }
    int at = 0;
    for (int line = Integer.parseInt(place.group(1)); line > 1; line--) {
      at = query.indexOf('\n', at) + 1;
    }
    int index = at + Integer.parseInt(place.group(2)) - 1;
    return index > query.length() ? -1 : index;
  }
}
