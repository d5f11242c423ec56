package io.testmesh.plugin.registry;

import io.testmesh.plugin.manifest.ManifestReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens plugin folders. Nothing is read or made until the folder is asked. */
public final class PluginFolders {
  private PluginFolders() {}

  /**
   * A folder with the usual limits.
   *
   * @param builtIns the built-in actions' names and their prefixes; asked when a plugin is found
   */
  public static PluginFolder open(Path path, Supplier<Set<String>> builtIns) {
    return open(path, new Options(builtIns));
  }

  /** The folder of a runner. */
  public static PluginFolder open(PluginLocation location, Supplier<Set<String>> builtIns) {
    return open(location.path(), new Options(builtIns).withTrusted(location.trusted()));
  }

  /** A folder with limits of one's own. */
  public static PluginFolder open(Path path, Options options) {
    return new LocalPluginFolder(path.toAbsolutePath().normalize(), options);
  }

  /**
   * How a folder is treated.
   *
   * @param builtIns the built-in actions' names and their prefixes
   * @param hostVersion this host's version; null where it is not known
   * @param trusted whether plugins are run from a folder that others may write to
   * @param scanLimit how long reading the folder may take
   * @param lockLimit how long another process may hold the folder
   */
  public record Options(
      Supplier<Set<String>> builtIns,
      @Nullable String hostVersion,
      boolean trusted,
      Duration scanLimit,
      Duration lockLimit) {
    /** Checks that the parts are present. */
    public Options {
      Objects.requireNonNull(builtIns, "builtIns");
      Objects.requireNonNull(scanLimit, "scanLimit");
      Objects.requireNonNull(lockLimit, "lockLimit");
    }

    /** The usual ones: ten seconds each; only one's own folders are trusted. */
    public Options(Supplier<Set<String>> builtIns) {
      this(builtIns, packagedVersion(), false, Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    /** The same, trusting the folder or not. */
    public Options withTrusted(boolean trust) {
      return new Options(builtIns, hostVersion, trust, scanLimit, lockLimit);
    }

    /** The same, with other limits. */
    public Options withLimits(Duration scan, Duration lock) {
      return new Options(builtIns, hostVersion, trusted, scan, lock);
    }

    ManifestReader reader() {
      return new ManifestReader(builtIns, hostVersion);
    }

    private static @Nullable String packagedVersion() {
      return PluginFolders.class.getPackage().getImplementationVersion();
    }
  }
}
