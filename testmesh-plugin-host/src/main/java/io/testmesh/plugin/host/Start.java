package io.testmesh.plugin.host;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One start that is under way.
 *
 * @param doubtful the process that is asked first whether it still answers; null for a new one
 * @param pauseNanos how long to wait before
 * @param again whether it follows a crash
 * @param stop gives it up
 * @param ready the process that serves, or why there is none
 * @param over done when nothing of it goes on any more
 */
record Start(
    @Nullable Serving doubtful,
    long pauseNanos,
    boolean again,
    Stop stop,
    CompletableFuture<Serving> ready,
    CompletableFuture<@Nullable Void> over) {
  static Start of(@Nullable Serving doubtful, long pauseNanos, boolean again) {
    return new Start(
        doubtful,
        pauseNanos,
        again,
        new Stop(),
        new CompletableFuture<>(),
        new CompletableFuture<>());
  }
}
