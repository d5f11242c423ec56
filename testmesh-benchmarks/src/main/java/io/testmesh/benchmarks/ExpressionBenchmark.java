package io.testmesh.benchmarks;

import io.testmesh.engine.expression.Environment;
import io.testmesh.engine.expression.Expression;
import io.testmesh.engine.expression.ExpressionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A typical assertion: to parse it, and to evaluate it once parsed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ExpressionBenchmark {
  private static final String SOURCE = "status == 200 && body.items[0].price > 3";

  private final Environment environment =
      new MapEnvironment(
          Map.of(
              "status",
              200L,
              "body",
              Map.of("items", List.of(Map.of("price", 9.99, "name", "pen")))));
  private final Expression parsed = parsed();

  /** Refuses to measure an expression that does not hold. */
  @Setup
  public void check() throws ExpressionException {
    if (!Boolean.TRUE.equals(evaluate())) {
      throw new IllegalStateException("does not hold: " + SOURCE);
    }
  }

  /** Text to expression. */
  @Benchmark
  public Expression parse() throws ExpressionException {
    return Expression.parse(SOURCE);
  }

  /** Expression to value. */
  @Benchmark
  public @Nullable Object evaluate() throws ExpressionException {
    return parsed.evaluate(environment);
  }

  private static Expression parsed() {
    try {
      return Expression.parse(SOURCE);
    } catch (ExpressionException e) {
      throw new IllegalStateException(e);
    }
  }
}
