package io.testmesh.integrations.minio;

import io.minio.BucketExistsArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.Cancellation.Registration;
import io.testmesh.integrations.common.ConnectionErrors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import okhttp3.Dispatcher;
import org.jspecify.annotations.Nullable;

/**
 * What one step does with a server: stops with the step, and tells what is absent from what is
 * denied. Belongs to the step's thread.
 */
final class StorageCall implements AutoCloseable {
  static final String KIND = "the S3 server";

  private static final Set<String> WRONG_CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken",
          "ExpiredToken",
          "InvalidTokenId");
  private static final Set<String> NO_OBJECT = Set.of("NoSuchKey", "NoSuchObject", "NoSuchVersion");
  private static final int FORBIDDEN = 403;
  private static final int MOST_CAUSES = 20;

  private final StorageSettings settings;
  private final MinioClient client;
  private final Dispatcher requests;
  private final ActionContext context;
  private final Registration registration;

  StorageCall(
      StorageSettings settings, MinioClient client, Dispatcher requests, ActionContext context) {
    this.settings = settings;
    this.client = client;
    this.requests = requests;
    this.context = context;
    this.registration = context.cancellation().onCancel(requests::cancelAll);
  }

  /** What is done with the client. */
  interface Work<T> {
    /** Does it. */
    T with(MinioClient client) throws MinioException, IOException, ActionException;
  }

  /**
   * Does something with an object or a bucket.
   *
   * @param object null when it is about the bucket
   */
  <T> T run(String bucket, @Nullable String object, Work<T> work)
      throws ActionException, InterruptedException {
    try {
      return work.with(client);
    } catch (MinioException | IOException e) {
      throw failure(e, bucket, object);
    } catch (RuntimeException e) {
      stopIfCancelled();
      // The client wraps what its threads throw.
      if (e.getCause() instanceof MinioException || e.getCause() instanceof IOException) {
        throw failure((Exception) e.getCause(), bucket, object);
      }
      throw e;
    }
  }

  /** What is known of an object; null when it is not there, and its bucket is. */
  @Nullable StatObjectResponse stat(String bucket, String object)
      throws ActionException, InterruptedException {
    try {
      StatObjectResponse found =
          run(
              bucket,
              object,
              client ->
                  client.statObject(
                      StatObjectArgs.builder().bucket(bucket).object(object).build()));
      requireTag(found.etag());
      return found;
    } catch (ActionException e) {
      if (e.code().equals("object_not_found")) {
        return null;
      }
      throw e;
    }
  }

  /**
   * Fails when what came is no object of S3, which has an entity tag always (Amazon S3 API, "Common
   * Response Headers"): a web server has pages for many names.
   */
  void requireTag(@Nullable String etag) throws ActionException {
    if (etag == null || etag.isBlank()) {
      throw new ActionException(
              ActionException.ACTION_FAILED,
              settings.address() + " answers without an ETag, as no S3 server does")
          .hint("does \"endpoint\" name the S3 server itself?")
          .at("endpoint");
    }
  }

  private ActionException failure(Exception e, String bucket, @Nullable String object)
      throws ActionException, InterruptedException {
    stopIfCancelled();
    ErrorResponseException answer = answer(e);
    if (answer == null) {
      return unreachable(e);
    }
    String code = answer.errorResponse().code();
    if (NO_OBJECT.contains(code) && object != null) {
      // The answer about an object does not say whether there is a bucket.
      requireBucket(bucket);
      return new ActionException(
              "object_not_found",
              "there is no object \"" + object + "\" in the bucket \"" + bucket + "\"",
              e)
          .hint("minio.list shows those that are there; names are case-sensitive")
          .at("object");
    }
    if (code.equals("NoSuchBucket")) {
      return noBucket(bucket, e);
    }
    if (WRONG_CREDENTIALS.contains(code)) {
      return ConnectionErrors.refused(
          KIND, settings.address(), code + ": " + answer.errorResponse().message(), e);
    }
    if (answer.response().code() == FORBIDDEN) {
      return forbidden(answer, bucket, e);
    }
    ActionException failure =
        new ActionException(
            ActionException.ACTION_FAILED,
            KIND
                + " at "
                + settings.address()
                + " answers "
                + answer.response().code()
                + " "
                + code
                + ": "
                + answer.errorResponse().message(),
            e);
    return code.equals("AuthorizationHeaderMalformed")
        ? failure.hint("set \"region\" to the one that the server names")
        : failure;
  }

  /** An answer without a body does not say why: an answer with one is asked for. */
  private ActionException forbidden(ErrorResponseException answer, String bucket, Exception e) {
    ErrorResponseException told = answer;
    try {
      client
          .listObjects(ListObjectsArgs.builder().bucket(bucket).maxKeys(1).build())
          .iterator()
          .forEachRemaining(
              item -> {
                try {
                  item.get();
                } catch (MinioException inner) {
                  throw new IllegalStateException(inner);
                }
              });
    } catch (RuntimeException asked) {
      ErrorResponseException better = answer(asked);
      told = better == null ? answer : better;
    }
    String code = told.errorResponse().code();
    if (WRONG_CREDENTIALS.contains(code)) {
      return ConnectionErrors.refused(
          KIND, settings.address(), code + ": " + told.errorResponse().message(), e);
    }
    return new ActionException(
            "access_denied",
            KIND
                + " at "
                + settings.address()
                + " denies the access to the bucket \""
                + bucket
                + "\": "
                + answer.errorResponse().message(),
            e)
        .hint("the access key has no right to do that");
  }

  private void requireBucket(String bucket) throws ActionException, InterruptedException {
    boolean isThere =
        run(
            bucket,
            null,
            client -> client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
    if (!isThere) {
      throw noBucket(bucket, null);
    }
  }

  private ActionException noBucket(String bucket, @Nullable Exception e) {
    return new ActionException(
            "bucket_not_found",
            KIND + " at " + settings.address() + " has no bucket \"" + bucket + "\"",
            e)
        .hint("\"create_bucket: true\" of minio.put makes one")
        .at("bucket");
  }

  private ActionException unreachable(Exception e) {
    for (Throwable part : chain(e)) {
      boolean isLost =
          part instanceof java.io.EOFException
              || String.valueOf(part.getMessage()).contains("unexpected end of stream")
              || String.valueOf(part.getMessage()).contains("reset");
      if (isLost) {
        return ConnectionErrors.lost(KIND, settings.address(), e);
      }
    }
    return ConnectionErrors.unreachable(KIND, settings.address(), e);
  }

  private static @Nullable ErrorResponseException answer(Throwable e) {
    for (Throwable part : chain(e)) {
      if (part instanceof ErrorResponseException answer) {
        return answer;
      }
    }
    return null;
  }

  private static java.util.List<Throwable> chain(Throwable e) {
    java.util.List<Throwable> chain = new java.util.ArrayList<>();
    for (Throwable part = e; part != null && chain.size() < MOST_CAUSES; part = part.getCause()) {
      chain.add(part);
    }
    return chain;
  }

  private void stopIfCancelled() throws InterruptedException {
    if (context.cancellation().isCancelled() || Thread.interrupted()) {
      throw new InterruptedException("the step was stopped");
    }
  }

  /** Whether an error of reading an answer is the step's end. */
  ActionException reading(IOException e, String bucket, String object)
      throws ActionException, InterruptedException {
    if (e instanceof InterruptedIOException) {
      throw new InterruptedException("the step was stopped");
    }
    return failure(e, bucket, object);
  }

  @Override
  public void close() {
    registration.close();
    requests.cancelAll();
  }
}
