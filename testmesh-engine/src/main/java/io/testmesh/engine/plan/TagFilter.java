package io.testmesh.engine.plan;

import java.util.ArrayList;
import java.util.List;

/** Lists of tags: every list has to fit; of a list any wanted one, and none of the unwanted. */
record TagFilter(List<TagList> lists) {

  TagFilter {
    lists = List.copyOf(lists);
  }

  /** Reads lists such as {@code smoke,!slow}. */
  static TagFilter of(List<String> texts) {
    List<TagList> lists = new ArrayList<>();
    for (String text : texts) {
      List<String> wanted = new ArrayList<>();
      List<String> unwanted = new ArrayList<>();
      for (String part : text.split(",", -1)) {
        String tag = part.strip();
        if (tag.startsWith("!")) {
          unwanted.add(tag.substring(1).strip());
        } else if (!tag.isEmpty()) {
          wanted.add(tag);
        }
      }
      lists.add(new TagList(wanted, unwanted));
    }
    return new TagFilter(lists);
  }

  boolean accepts(List<String> tags) {
    for (TagList list : lists) {
      if (!list.accepts(tags)) {
        return false;
      }
    }
    return true;
  }

  record TagList(List<String> wanted, List<String> unwanted) {
    boolean accepts(List<String> tags) {
      for (String tag : unwanted) {
        if (tags.contains(tag)) {
          return false;
        }
      }
      for (String tag : wanted) {
        if (tags.contains(tag)) {
          return true;
        }
      }
      return wanted.isEmpty();
    }
  }
}
