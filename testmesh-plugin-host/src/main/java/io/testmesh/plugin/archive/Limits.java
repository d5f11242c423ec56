package io.testmesh.plugin.archive;

/**
 * How much a plugin may hold.
 *
 * @param totalBytes all files together
 * @param entries files and folders
 * @param ratio how many times larger than the archive its content may be
 */
public record Limits(long totalBytes, int entries, int ratio) {
  /** 200 MiB, 20,000 entries, 200 times. */
  public static final Limits USUAL = new Limits(200L << 20, 20_000, 200);
}
