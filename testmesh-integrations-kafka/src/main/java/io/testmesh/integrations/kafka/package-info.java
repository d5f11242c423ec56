/**
 * The actions of Kafka: from a step's configuration to records, and back to JSON-like values.
 * Classes named {@code …Action} and {@link io.testmesh.integrations.kafka.KafkaKeys} name no type
 * of the client, so that looking at descriptors does not load it. May use the API and the common
 * integrations package.
 */
@NullMarked
package io.testmesh.integrations.kafka;

import org.jspecify.annotations.NullMarked;
