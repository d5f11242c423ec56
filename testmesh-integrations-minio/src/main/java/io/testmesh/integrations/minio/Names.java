package io.testmesh.integrations.minio;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionException;
import io.testmesh.action.ConfigCheck;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of buckets and objects. The rules are those of Amazon ("Bucket naming rules" and
 * "Object key naming guidelines"), as far as the client library insists on them.
 */
final class Names {
  private static final String BUCKET = "bucket";
  private static final String OBJECT = "object";
  private static final Pattern LETTERS = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
  private static final Pattern ODD_DOTS = Pattern.compile(".*(\\.\\.|\\.-|-\\.).*");

  private Names() {}

  /** Rejects names that are written out and cannot be any. */
  static void check(ConfigCheck config) {
    for (String key : List.of(BUCKET, OBJECT)) {
      if (config.value(key) instanceof String name && config.isFixed(name)) {
        ActionException fault = fault(key, name);
        if (fault != null) {
          config.reject(key, String.valueOf(fault.getMessage()), fault.hint().orElse(null));
        }
      }
    }
  }

  /** The bucket that a configuration names. */
  static String bucket(ActionConfig config) throws ActionException {
    return valid(config, BUCKET);
  }

  /** The object that a configuration names. */
  static String object(ActionConfig config) throws ActionException {
    return valid(config, OBJECT);
  }

  private static String valid(ActionConfig config, String key) throws ActionException {
    String name = config.text(key);
    ActionException fault = fault(key, name);
    if (fault != null) {
      throw fault;
    }
    return name;
  }

  private static @Nullable ActionException fault(String key, String name) {
    if (key.equals(OBJECT)) {
      if (name.isEmpty()) {
        return invalid(key, "\"object\" is empty").hint("name the object in the bucket");
      }
      return List.of(name.split("/", -1)).stream().anyMatch(List.of(".", "..")::contains)
          ? invalid(key, "\"object\" has a part that is . or ..: \"" + name + "\"")
              .hint("the client does not send such names; remove that part")
          : null;
    }
    boolean isValid =
        LETTERS.matcher(name).matches()
            && !ADDRESS.matcher(name).matches()
            && !ODD_DOTS.matcher(name).matches();
    return isValid
        ? null
        : invalid(key, "\"" + name + "\" cannot be the name of a bucket")
            .hint("3 to 63 lower-case letters, digits, dots and hyphens, and no IP address");
  }

  private static ActionException invalid(String key, String message) {
    return new ActionException(ActionException.INVALID_VALUE, message).at(key);
  }
}
