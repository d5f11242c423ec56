package io.testmesh.cli;

import io.testmesh.FlowRunner;
import io.testmesh.FlowTools;
import io.testmesh.action.ActionDescriptor;
import java.util.List;

/** {@code testmesh actions}: the catalogue, or all about one action. */
final class ActionsCommand {
  static final Option[] OPTIONS = {
    Option.once("--plugins", "DIR"),
  };

  private ActionsCommand() {}

  static int run(String[] args, Io io) throws UsageException {
    Arguments arguments = Arguments.parse(args, OPTIONS);
    Printer out = io.outPrinter(arguments);
    if (arguments.has("--help")) {
      out.raw(Help.of("actions"));
      return ExitCode.OK;
    }
    if (arguments.operands().size() > 1) {
      throw new UsageException("actions wants one action at most, not two");
    }
    try (FlowRunner runner = Runners.withPlugins(arguments, io)) {
      FlowTools tools = runner.tools();
      List<ActionDescriptor> actions = tools.actions();
      if (arguments.operands().isEmpty()) {
        out.raw(list(actions));
        return ExitCode.OK;
      }
      String wanted = arguments.operands().get(0);
      for (ActionDescriptor action : actions) {
        if (action.id().equals(wanted)) {
          out.raw(new ActionText(tools.json()).of(action));
          return ExitCode.OK;
        }
      }
      io.errPrinter(arguments).line(unknown(wanted, actions));
      return ExitCode.FAILED;
    }
  }

  private static String unknown(String wanted, List<ActionDescriptor> actions) {
    String[] names = new String[actions.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = actions.get(i).id();
    }
    String hint = Spelling.hint(wanted, names);
    return "testmesh: unknown action \""
        + wanted
        + "\""
        + (hint.isEmpty() ? "; testmesh actions shows all of them" : hint);
  }

  private static String list(List<ActionDescriptor> actions) {
    int width = 0;
    for (ActionDescriptor action : actions) {
      width = Math.max(width, action.id().length());
    }
    StringBuilder text = new StringBuilder();
    for (ActionDescriptor action : actions) {
      text.append(action.id());
      String summary = firstSentence(action.description());
      if (!summary.isEmpty()) {
        text.append(" ".repeat(width - action.id().length() + 2)).append(summary);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
