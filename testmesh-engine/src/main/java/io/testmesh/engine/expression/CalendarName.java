package io.testmesh.engine.expression;

/** A month or a day of the week: a whole number that has a name as a text. */
final class CalendarName extends Number {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final String name;

  CalendarName(int number, String name) {
    this.number = number;
    this.name = name;
  }

  @Override
  public int intValue() {
    return number;
  }

  @Override
  public long longValue() {
    return number;
  }

  @Override
  public float floatValue() {
    return number;
  }

  @Override
  public double doubleValue() {
    return number;
  }

  /** The English name. */
  @Override
  public String toString() {
    return name;
  }
}
