package io.testmesh.engine.load;

import java.util.List;

/** The keys and words that the loader knows, for those who describe the language. */
public final class FlowKeys {
  /** The most attempts of a retry. */
  public static final int MOST_ATTEMPTS = RetryLoader.MOST_ATTEMPTS;

  private FlowKeys() {}

  /** The keys of a flow. */
  public static List<String> flow() {
    return FlowReader.KEYS;
  }

  /** The keys of a step. */
  public static List<String> step() {
    return StepLoader.KEYS;
  }

  /** The keys of a flow's {@code config}. */
  public static List<String> settings() {
    return SettingsLoader.KEYS;
  }

  /** The keys of {@code faker} in a flow's {@code config}. */
  public static List<String> faker() {
    return SettingsLoader.FAKER_KEYS;
  }

  /** The keys of {@code retry}. */
  public static List<String> retry() {
    return RetryLoader.KEYS;
  }

  /** The ways in which the pause between attempts grows. */
  public static List<String> backoffs() {
    return RetryLoader.BACKOFFS;
  }

  /** The keys of {@code on_error} in its long form. */
  public static List<String> onError() {
    return ReactionLoader.KEYS;
  }

  /** What a failure may mean for the flow. */
  public static List<String> reactions() {
    return ReactionLoader.WORDS;
  }

  /** The keys of an assertion in its long form. */
  public static List<String> assertion() {
    return AssertionLoader.KEYS;
  }

  /** The keys of an output in its long form. */
  public static List<String> output() {
    return OutputLoader.KEYS;
  }

  /** The keys of an input in its long form. */
  public static List<String> input() {
    return InputLoader.KEYS;
  }

  /** The keys of {@code data_source}. */
  public static List<String> dataSource() {
    return DataSourceLoader.KEYS;
  }

  /** The types of {@code data_source}. */
  public static List<String> dataSourceTypes() {
    return DataSourceLoader.TYPES;
  }
}
