package io.testmesh.plugin;

import io.testmesh.action.ActionHandler;
import java.nio.file.Path;

/** A host of plugins in a process of its own. */
public final class HostMain {
  private HostMain() {}

  /** Starts the plugins of a folder, says so, and waits, exits or halts. */
  public static void main(String[] args) throws Exception {
    Lab lab = new Lab(Path.of(args[0]));
    ActionHandler act = lab.started("rogue.act");
    lab.started("my-js-plugin.transform");
    Lab.call(act, "do", "child", "how", "plain");
    Lab.call(act, "do", "child", "how", "daemon");
    System.out.println("ready");
    switch (args[1]) {
      case "exit" -> System.exit(0);
      case "halt" -> Runtime.getRuntime().halt(1);
      default -> Thread.sleep(600_000);
    }
  }
}
