package io.testmesh.engine.yaml;

/**
 * How much a document may ask for.
 *
 * @param deepest how many maps and lists may be inside each other
 * @param mostRepeated how many nodes aliases may repeat in all
 */
public record YamlLimits(int deepest, int mostRepeated) {

  /** The limits of flow files. */
  public static final YamlLimits FLOW = new YamlLimits(200, 100_000);

  /** The limits of data. */
  public static final YamlLimits DATA = new YamlLimits(1000, 100_000);
}
