package io.testmesh.plugin.admin;

import io.testmesh.plugin.PluginException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes rescans that are asked for at once one. */
final class Rescan {
  private final AtomicReference<@Nullable CompletableFuture<Discovery>> running =
      new AtomicReference<>();

  /** Looks at the folder. */
  interface Scan {
    Discovery make() throws PluginException;
  }

  Discovery join(Scan scan) throws PluginException {
    CompletableFuture<Discovery> mine = new CompletableFuture<>();
    CompletableFuture<Discovery> first = running.compareAndExchange(null, mine);
    if (first != null) {
      return await(first);
    }
    try {
      Discovery found = scan.make();
      mine.complete(found);
      return found;
    } catch (PluginException | RuntimeException failed) {
      mine.completeExceptionally(failed);
      throw failed;
    } finally {
      running.set(null);
    }
  }

  private static Discovery await(CompletableFuture<Discovery> other) throws PluginException {
    try {
      return other.get();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new PluginException("CANCELLED", "the search for plugins was cancelled", null);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof PluginException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
