package io.testmesh.plugin.archive;

import io.testmesh.plugin.PluginException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that an archive's members may have: such as every file system takes the same way. Knows
 * the names that were there, because two that differ in case only would be one file elsewhere.
 */
final class MemberNames {
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

  private final Intake intake;
  private final Map<String, String> seen = new HashMap<>();
  private final Map<String, Boolean> folders = new HashMap<>();

  MemberNames(Intake intake) {
    this.intake = intake;
  }

  /**
   * The path to write to, without a slash at its end; empty for the archive's own top.
   *
   * @throws PluginException ARCHIVE_UNSAFE
   */
  String check(String name, boolean isFolder) throws PluginException {
    String path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (isFolder && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (isFolder && (path.isEmpty() || path.equals("."))) {
      return "";
    }
    String fault = fault(path);
    if (fault != null) {
      throw intake.unsafe(name, fault);
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      remember(name, path.substring(0, slash), true, false);
    }
    remember(name, path, isFolder, true);
    return path;
  }

  private void remember(String name, String path, boolean isFolder, boolean isMember)
      throws PluginException {
    String folded = path.toLowerCase(Locale.ROOT);
    String before = seen.putIfAbsent(folded, path);
    Boolean wasFolder = folders.putIfAbsent(folded, isFolder);
    if (before != null && !before.equals(path)) {
      throw intake.unsafe(name, "which differs only in case from \"" + before + "\"");
    }
    if (before != null && wasFolder != null && wasFolder != isFolder) {
      throw intake.unsafe(name, "which is a file and a folder");
    }
    if (before != null && isMember && !isFolder) {
      throw intake.unsafe(name, "which is there twice");
    }
  }

  private static @Nullable String fault(String path) {
    if (path.isEmpty() || path.length() > 1000) {
      return "which is no usable name";
    }
    if (path.startsWith("/")) {
      return "an absolute path";
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' || c == ':') {
        return "whose name holds " + c;
      }
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '\uFFFD') {
        return "whose name holds a control character";
      }
    }
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        return "a path that leads out with ..";
      }
      if (part.isEmpty() || part.equals(".")) {
        return "which is no plain path";
      }
      if (part.endsWith(".") || part.endsWith(" ")) {
        return "whose name ends in a dot or a blank";
      }
      if (isDevice(part)) {
        return "the name of a device on Windows";
      }
    }
    return null;
  }

  private static boolean isDevice(String part) {
    int dot = part.indexOf('.');
    String stem = (dot < 0 ? part : part.substring(0, dot)).toLowerCase(Locale.ROOT).strip();
    boolean numbered =
        stem.length() == 4
            && (stem.startsWith("com") || stem.startsWith("lpt"))
            && stem.charAt(3) >= '1'
            && stem.charAt(3) <= '9';
    return numbered || DEVICES.contains(stem);
  }
}
