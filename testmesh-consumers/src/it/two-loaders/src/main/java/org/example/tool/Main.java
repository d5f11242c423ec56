package org.example.tool;

import io.testmesh.FlowRunner;
import io.testmesh.result.RunResult;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A tool that loads TestMesh twice, each time in a class loader of its own. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Set<String> before = threads();
    List<URL> jars = new ArrayList<>();
    for (String jar : args[1].split(java.io.File.pathSeparator)) {
      jars.add(Path.of(jar).toUri().toURL());
    }
    jars.add(Path.of("target/classes/").toUri().toURL());
    Class<?> first;
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (URLClassLoader one = loader(jars);
        URLClassLoader other = loader(jars)) {
      first = one.loadClass("org.example.tool.Main$Tool");
      Class<?> second = other.loadClass("org.example.tool.Main$Tool");
      if (first == second) {
        throw new IllegalStateException("these are not two class loaders");
      }
      List<Callable<Object>> runs = List.of(call(first, args[0]), call(second, args[0]));
      for (Future<Object> run : pool.invokeAll(runs)) {
        System.out.println(run.get());
      }
    } finally {
      pool.shutdownNow();
    }
    for (int i = 0; i < 200 && !extra(before).isEmpty(); i++) {
      Thread.sleep(50);
    }
    System.out.println("threads left: " + extra(before));
  }

  private static URLClassLoader loader(List<URL> jars) {
    return new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private static Callable<Object> call(Class<?> tool, String folder) throws Exception {
    Method run = tool.getMethod("run", String.class);
    return () -> run.invoke(null, folder);
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
    return names;
  }

  /** Without the pool, and a daemon of OkHttp that ends by itself after a minute. */
  private static Set<String> extra(Set<String> before) {
    Set<String> names = threads();
    names.removeAll(before);
    names.removeIf(name -> name.startsWith("pool-") || name.startsWith("Okio Watchdog"));
    names.removeIf(name -> name.startsWith("OkHttp TaskRunner"));
    return names;
  }

  /** What runs inside of each class loader. */
  public static final class Tool {
    private Tool() {}

    public static String run(String folder) {
      try (FlowRunner runner =
              FlowRunner.builder().classLoader(Tool.class.getClassLoader()).build();
          FlowRunner beside =
              FlowRunner.builder().classLoader(Tool.class.getClassLoader()).build()) {
        RunResult result = runner.run(Path.of(folder));
        RunResult again = beside.run(Path.of(folder));
        return result.status().name() + " " + again.status().name();
      }
    }
  }
}
