package io.testmesh.integrations.kafka;

import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.ConnectionErrors;
import io.testmesh.integrations.common.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The words for what the Kafka client reports. */
final class KafkaErrors {
  private static final String KAFKA = "Kafka";

  private KafkaErrors() {}

  /**
   * Fails when no broker listens. The client itself tries again and again until its time is up, and
   * then does not say why.
   */
  static void probe(KafkaSettings settings) throws ActionException {
    IOException cause = null;
    for (ServerAddress broker : settings.brokers()) {
      try (Socket socket = new Socket()) {
        InetSocketAddress address = new InetSocketAddress(broker.host(), broker.port());
        if (address.isUnresolved()) {
          throw new UnknownHostException(broker.host());
        }
        int timeout = (int) Math.min(Integer.MAX_VALUE, settings.connectionTimeout().toMillis());
        socket.connect(address, Math.max(1, timeout));
        return;
      } catch (IOException e) {
        cause = e;
      }
    }
    throw ConnectionErrors.unreachable(KAFKA, settings.address(), cause);
  }

  /**
   * What a failure of the client means.
   *
   * @param doing what was tried, such as {@code read the topic "orders"}
   */
  static ActionException of(Throwable thrown, KafkaSettings settings, String doing)
      throws InterruptedException {
    Throwable error = cause(thrown);
    if (error instanceof InterruptException || error instanceof InterruptedException) {
      // The client sets the flag again.
      Thread.interrupted();
      throw new InterruptedException();
    }
    if (error instanceof SslAuthenticationException) {
      return ConnectionErrors.unreachable(
          KAFKA, settings.address(), new javax.net.ssl.SSLException(message(error), error));
    }
    if (error instanceof AuthenticationException) {
      return ConnectionErrors.refused(KAFKA, settings.address(), message(error), error);
    }
    if (error instanceof TimeoutException) {
      return late(error, settings, doing);
    }
    String message = "cannot " + doing + " on " + settings.address() + ": " + message(error);
    if (error instanceof UnknownTopicOrPartitionException) {
      return new ActionException("topic_not_found", message, error)
          .hint("kafka.admin.createTopic makes one")
          .at("topic");
    }
    if (error instanceof TopicExistsException) {
      return new ActionException("topic_exists", message, error)
          .hint("\"if_not_exists: true\" leaves one that is there alone")
          .at("topic");
    }
    if (error instanceof InvalidTopicException) {
      return new ActionException(ActionException.INVALID_VALUE, message, error).at("topic");
    }
    ActionException failure = new ActionException(ActionException.ACTION_FAILED, message, error);
    if (error instanceof RecordTooLargeException) {
      return failure.hint("the topic's \"max.message.bytes\" says how much a broker takes");
    }
    return error instanceof AuthorizationException
        ? failure.hint("the user of the connection has no right to do that")
        : failure.hint("the broker's log may say more");
  }

  /** Makes a client; fails with what it does not take of its properties. */
  static <T> T make(KafkaSettings settings, Supplier<T> client) throws ActionException {
    try {
      return client.get();
    } catch (KafkaException e) {
      Throwable cause = e;
      while (cause.getCause() != null && cause.getCause() != cause) {
        cause = cause.getCause();
      }
      if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
        throw new ActionException(
                ActionException.INVALID_VALUE,
                "the client of Kafka needs a class that is not there: "
                    + message(cause).replace('/', '.'),
                e)
            .hint(
                "OAUTHBEARER needs com.fasterxml.jackson.core:jackson-databind on the class path");
      }
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "the client of Kafka does not take the connection to "
                  + settings.address()
                  + ": "
                  + message(cause),
              e)
          .hint("check \"properties\" and \"sasl\" of the connection");
    }
  }

  private static ActionException late(Throwable error, KafkaSettings settings, String doing) {
    try {
      probe(settings);
    } catch (ActionException gone) {
      return gone;
    }
    return new ActionException(
            ActionException.TIMEOUT,
            "cannot "
                + doing
                + " on "
                + settings.address()
                + ": no answer within "
                + settings.connectionTimeout().toMillis()
                + " ms ("
                + message(error)
                + ")",
            error)
        .hint(
            "does the port speak "
                + settings.protocol()
                + ", and can the brokers be reached at the addresses that they advertise?");
  }

  private static Throwable cause(Throwable thrown) {
    Throwable error = thrown;
    while ((error instanceof ExecutionException || error instanceof CompletionException)
        && error.getCause() != null) {
      error = error.getCause();
    }
    // The producer and consumer wrap what a handshake says.
    Throwable inner = error.getCause();
    return inner instanceof AuthenticationException ? inner : error;
  }

  private static String message(Throwable error) {
    @Nullable String message = error.getMessage();
    return message == null || message.isBlank()
        ? error.getClass().getSimpleName()
        : message.strip();
  }
}
