package io.testmesh.engine.expression;

import io.testmesh.engine.value.Difference;
import io.testmesh.engine.value.JsonValues;
import io.testmesh.result.ObservedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parts of an expression were in one evaluation. Belongs to one thread. */
public final class Observations {
  private @Nullable Program program;
  private String source = "";
  private @Nullable Object[] noted = {};

  /** Nothing noted yet. */
  public Observations() {}

  /** Forgets what was noted and gives the room for the values of an evaluation. */
  @Nullable Object[] start(Program started, String text) {
    program = started;
    source = text;
    noted = new @Nullable Object[started.slots];
    return noted;
  }

  /** The value of a part; null also where it was not evaluated. */
  @Nullable Object noted(Node node) {
    return node.slot < 0 ? null : slot(node.slot);
  }

  @Nullable Object slot(int slot) {
    Object value = noted[slot];
    return value == Evaluation.NULL ? null : value;
  }

  /**
   * The parts in the order of the source: every part that was evaluated and is neither a literal,
   * nor the whole, nor just the name of a result key. Values are JSON-like.
   */
  public List<ObservedValue> values() {
    List<ObservedValue> values = new ArrayList<>();
    if (program != null) {
      addParts(program.root, values);
    }
    return values;
  }

  private void addParts(Node parent, List<ObservedValue> values) {
    Node[] children = parent.children();
    for (int i = 0; i < children.length; i++) {
      if (parent.isPredicate(i)) {
        continue;
      }
      Node child = children[i];
      if (isWorthTelling(parent, child)) {
        add(child, values);
      }
      addParts(child, values);
    }
  }

  private boolean isWorthTelling(Node parent, Node child) {
    if (child.slot < 0 || noted[child.slot] == null || child.isLiteral()) {
      return false;
    }
    Object value = noted[child.slot];
    if (value == Evaluation.STOP || value instanceof Members) {
      return false;
    }
    boolean sameAsParent =
        parent instanceof Access.Chain
            || parent instanceof Control.Hole
            || parent instanceof Control.Default
            || parent.start == child.start && parent.end == child.end;
    boolean owner = parent instanceof Access.Link;
    boolean bareName =
        owner
            && parent.children()[0] == child
            && (child instanceof Names.Name || child instanceof Names.All);
    return !sameAsParent && !bareName;
  }

  private void add(Node node, List<ObservedValue> values) {
    String text = source.substring(node.start, node.end);
    Object value = ValueTypes.toJson(noted(node));
    for (ObservedValue other : values) {
      if (other.expression().equals(text) && JsonValues.equal(other.value(), value)) {
        return;
      }
    }
    values.add(new ObservedValue(text, value));
  }

  /**
   * How the two sides of the comparison that decided the whole differ, line by line: for two maps,
   * two lists or long texts; one line that says so when the types differ; and for {@code all},
   * {@code any}, {@code none} and {@code one} the item that decided. Empty where the values say
   * enough.
   */
  public List<String> difference() {
    if (program == null || !Boolean.FALSE.equals(noted(program.root))) {
      return List.of();
    }
    Node deciding = program.root.deciding(this);
    if (deciding instanceof Comparisons.Equality equality && !equality.negated) {
      return difference(equality);
    }
    if (deciding instanceof PredicateCall call) {
      String explanation = call.explain(this, source);
      return explanation == null ? List.of() : List.of(explanation);
    }
    return List.of();
  }

  private List<String> difference(Comparisons.Equality equality) {
    Object left = noted(equality.left);
    Object right = noted(equality.right);
    String leftKind = Comparing.plainKind(left);
    String rightKind = Comparing.plainKind(right);
    if (leftKind != null && rightKind != null && !leftKind.equals(rightKind)) {
      return List.of(
          told(equality.left, left)
              + ", "
              + told(equality.right, right)
              + ": a "
              + leftKind
              + " never equals a "
              + rightKind);
    }
    Object a = ValueTypes.toJson(left);
    Object b = ValueTypes.toJson(right);
    // What is written down is what was expected.
    boolean swapped = equality.left.isLiteral() && !equality.right.isLiteral();
    Node found = swapped ? equality.right : equality.left;
    List<String> lines =
        Difference.lines(
            source.substring(found.start, found.end), swapped ? b : a, swapped ? a : b);
    boolean structured = left instanceof List<?> || left instanceof Map<?, ?>;
    return lines.isEmpty() && structured && JsonValues.equal(a, b)
        ? List.of("what toPairs, fromPairs and groupBy give equals only what they give")
        : lines;
  }

  private String told(Node node, @Nullable Object value) {
    String words = Words.of(value);
    return node.isLiteral() ? words : source.substring(node.start, node.end) + " is " + words;
  }
}
