package io.testmesh.action;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run as a span of a trace: the run, a flow, a step, an attempt, or what {@code
 * otel.inject} starts. Without secrets. Immutable.
 *
 * @param service the service that it is shown as; null for the exporter's own
 * @param context the trace, and the span's own id as the one that calls are children of
 * @param parentId the span that it is a part of; null for the outermost
 * @param link a span of another trace that it belongs to; null for none
 * @param start when it began
 * @param end when it ended
 * @param error what failed, for people; null when nothing did
 * @param attributes JSON-like
 * @since 0.1
 */
public record FinishedSpan(
    @Nullable String service,
    TraceContext context,
    @Nullable String parentId,
    @Nullable TraceContext link,
    String name,
    Instant start,
    Instant end,
    @Nullable String error,
    Map<String, @Nullable Object> attributes) {}
