package io.testmesh.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of one command, read the GNU way. Immutable after {@link #parse}. */
final class Arguments {
  private final List<String> operands = new ArrayList<>();
  private final List<Given> given = new ArrayList<>();

  /** An option as it was given. */
  record Given(String name, String value) {}

  private Arguments() {}

  /**
   * Reads the arguments after the command's name. {@code -h} and {@code --help} are known to every
   * command.
   *
   * @throws UsageException when an option is not known, lacks its value or is given twice
   */
  static Arguments parse(String[] args, Option[] options) throws UsageException {
    Arguments parsed = new Arguments();
    boolean ended = false;
    for (int i = 1; i < args.length; i++) {
      String arg = args[i];
      if (ended || arg.length() < 2 || arg.charAt(0) != '-') {
        parsed.operands.add(arg);
      } else if (arg.equals("--")) {
        ended = true;
      } else if (arg.charAt(1) != '-') {
        Option open = parsed.letters(arg, options);
        if (open != null) {
          if (++i == args.length) {
            throw new UsageException(arg + " wants a value: " + arg + " " + open.value());
          }
          parsed.add(open, args[i]);
        }
      } else {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        Option option = find(name, options);
        if (option == null) {
          throw unknown(name, options);
        }
        String value = equals < 0 ? null : arg.substring(equals + 1);
        if (option.value() == null) {
          if (value != null) {
            throw new UsageException(name + " takes no value");
          }
          value = "";
        } else if (value == null) {
          if (++i == args.length) {
            throw new UsageException(name + " wants a value: " + name + " " + option.value());
          }
          value = args[i];
        }
        parsed.add(option, value);
      }
    }
    return parsed;
  }

  /** Reads switches; gives the option at the end whose value is the next argument, or null. */
  private @Nullable Option letters(String arg, Option[] options) throws UsageException {
    for (int i = 1; i < arg.length(); i++) {
      char letter = arg.charAt(i);
      Option option = letter == 'h' ? find("--help", options) : null;
      for (Option candidate : options) {
        if (candidate.letter() == letter) {
          option = candidate;
        }
      }
      if (option == null) {
        throw arg.length() == 2 ? unknown(arg, options) : unknown("-" + letter, options);
      }
      if (option.value() != null) {
        if (i + 1 == arg.length()) {
          return option;
        }
        add(option, arg.substring(i + 1));
        return null;
      }
      add(option, "");
    }
    return null;
  }

  private void add(Option option, String value) throws UsageException {
    if (!option.repeatable() && has(option.name())) {
      throw new UsageException(option.name() + " is given twice");
    }
    given.add(new Given(option.name(), value));
  }

  private static @Nullable Option find(String name, Option[] options) {
    if (name.equals("--help")) {
      return Option.flag("--help", 'h');
    }
    for (Option option : options) {
      if (option.name().equals(name)) {
        return option;
      }
    }
    return null;
  }

  private static UsageException unknown(String name, Option[] options) {
    String[] names = new String[options.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = options[i].name();
    }
    return new UsageException("unknown option \"" + name + "\"" + Spelling.hint(name, names));
  }

  /** What is no option, in order. */
  List<String> operands() {
    return operands;
  }

  /** All options in the order in which they were given. */
  List<Given> given() {
    return given;
  }

  boolean has(String name) {
    return value(name) != null;
  }

  /** The value of an option; null when it is not given. */
  @Nullable String value(String name) {
    for (Given option : given) {
      if (option.name().equals(name)) {
        return option.value();
      }
    }
    return null;
  }

  String valueOr(String name, String otherwise) {
    String value = value(name);
    return value == null ? otherwise : value;
  }
}
