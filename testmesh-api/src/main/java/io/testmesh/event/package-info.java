/**
 * What happens in a run, while it happens. Everything that watches a run (reports, progress, REST)
 * listens here; nothing that listens changes the run. May use {@code flow} and {@code result}.
 */
@NullMarked
package io.testmesh.event;

import org.jspecify.annotations.NullMarked;
