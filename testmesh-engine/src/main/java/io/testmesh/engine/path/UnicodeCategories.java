package io.testmesh.engine.path;

/** The Unicode categories that I-Regexp knows (RFC 9485, 3). */
final class UnicodeCategories {
  private static final String KNOWN =
      " L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps Z Zl Zp Zs S Sc Sk Sm So"
          + " C Cc Cf Cn Co ";

  private UnicodeCategories() {}

  static boolean isKnown(String name) {
    return !name.isEmpty() && name.indexOf(' ') < 0 && KNOWN.contains(" " + name + " ");
  }

  /** What RE2 calls the category; C and Cn as ranges, because it does not count unassigned ones. */
  static String forRe2(String name, boolean complement, boolean inClass) {
    if (name.equals("C") || name.equals("Cn")) {
      String ranges = ranges(name.equals("Cn"), complement);
      return inClass ? ranges : "[" + ranges + "]";
    }
    return (complement ? "\\P{" : "\\p{") + name + "}";
  }

  private static String ranges(boolean onlyUnassigned, boolean complement) {
    StringBuilder ranges = new StringBuilder();
    int start = -1;
    for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
      boolean inside =
          c <= Character.MAX_CODE_POINT
              && complement != isOther(Character.getType(c), onlyUnassigned);
      if (inside && start < 0) {
        start = c;
      } else if (!inside && start >= 0) {
        ranges.append("\\x{").append(Integer.toHexString(start)).append("}-\\x{");
        ranges.append(Integer.toHexString(c - 1)).append('}');
        start = -1;
      }
    }
    return ranges.toString();
  }

  private static boolean isOther(int type, boolean onlyUnassigned) {
    return type == Character.UNASSIGNED
        || !onlyUnassigned
            && (type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE);
  }
}
