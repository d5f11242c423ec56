package io.testmesh.integrations.minio;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.messages.Item;
import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.integrations.common.BodyFile;
import io.testmesh.integrations.common.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** One attempt of each action. */
final class StorageSteps {
  private static final String META = "x-amz-meta-";
  private static final int LARGEST_BODY = 64 << 20;
  private static final int MOST_OBJECTS = 1_000_000;

  private StorageSteps() {}

  static ActionResult put(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String bucket = Names.bucket(config);
    String object = Names.object(config);
    Map<String, String> metadata = metadata(config);
    try (StorageCall call = Storage.of(context).call(context)) {
      if (config.bool("create_bucket")) {
        makeBucket(call, bucket);
      }
      Object file = config.value("file");
      long size;
      ObjectWriteResponse written;
      if (file != null) {
        Path path = context.resolve(file.toString());
        size = size(path, file.toString());
        String type = config.optionalText("content_type").orElse("application/octet-stream");
        written =
            call.run(
                bucket,
                null,
                client ->
                    client.uploadObject(
                        UploadObjectArgs.builder()
                            .bucket(bucket)
                            .object(object)
                            .filename(path.toString())
                            .contentType(type)
                            .userMetadata(metadata)
                            .build()));
      } else {
        byte[] bytes = bytes(config, context);
        size = bytes.length;
        String type = config.optionalText("content_type").orElse(defaultType(config));
        written =
            call.run(
                bucket,
                null,
                client ->
                    client.putObject(
                        PutObjectArgs.builder()
                            .bucket(bucket)
                            .object(object)
                            .data(bytes, bytes.length)
                            .contentType(type)
                            .userMetadata(metadata)
                            .build()));
      }
      return ActionResult.of("etag", unquoted(written.etag()))
          .with("size", size)
          .with("bucket", bucket)
          .with("object", object);
    }
  }

  private static void makeBucket(StorageCall call, String bucket)
      throws ActionException, InterruptedException {
    call.run(
        bucket,
        null,
        client -> {
          if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
          }
          return true;
        });
  }

  private static long size(Path path, String name) throws ActionException {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new ActionException("file_not_found", "\"file\" cannot be read: " + name, e)
          .hint("a path is seen from the flow's folder")
          .at("file");
    }
  }

  private static byte[] bytes(ActionConfig config, ActionContext context) throws ActionException {
    Object data = config.value("data");
    if (config.optionalText("encoding").isPresent()) {
      try {
        return Base64.getDecoder().decode(String.valueOf(data));
      } catch (IllegalArgumentException e) {
        throw new ActionException(
            ActionException.INVALID_VALUE, "\"data\" is no base64: " + e.getMessage(), e);
      }
    }
    String text = data instanceof String written ? written : context.json().render(data);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String defaultType(ActionConfig config) {
    Object data = config.value("data");
    return data instanceof Map || data instanceof List
        ? "application/json"
        : "application/octet-stream";
  }

  private static Map<String, String> metadata(ActionConfig config) throws ActionException {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> entry : config.map("metadata").entrySet()) {
      metadata.put(entry.getKey(), Values.text(entry.getValue(), "metadata." + entry.getKey()));
    }
    return metadata;
  }

  static ActionResult get(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String bucket = Names.bucket(config);
    String object = Names.object(config);
    try (StorageCall call = Storage.of(context).call(context);
        GetObjectResponse response =
            call.run(
                bucket,
                object,
                client ->
                    client.getObject(
                        GetObjectArgs.builder().bucket(bucket).object(object).build()))) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      Headers headers = response.headers();
      call.requireTag(headers.get("ETag"));
      try {
        Object file = config.value("to_file");
        long size;
        if (file == null) {
          byte[] body = read(response);
          size = body.length;
          values.put("body", body(body, config.text("as"), context));
        } else {
          BodyFile written = new BodyFile(context.resolveOutput(file.toString()));
          written.write(response);
          size = written.size();
          values.put("file", written.file().toString());
          values.put("sha256", written.sha256());
        }
        values.put("size", size);
      } catch (IOException e) {
        throw call.reading(e, bucket, object);
      }
      values.put("content_type", headers.get("Content-Type"));
      values.put("etag", unquoted(headers.get("ETag")));
      values.put("metadata", metadata(headers));
      return ActionResult.of(values);
    } catch (IOException e) {
      throw new ActionException(
          ActionException.CONNECTION_FAILED,
          "the answer could not be closed: " + e.getMessage(),
          e);
    }
  }

  private static byte[] read(InputStream body) throws IOException, ActionException {
    byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw new ActionException(
              "value_too_large", "the object is larger than " + (LARGEST_BODY >> 20) + " MiB")
          .hint("\"to_file\" writes it into a file");
    }
    return bytes;
  }

  private static @Nullable Object body(byte[] bytes, String as, ActionContext context)
      throws ActionException {
    if (as.equals("base64")) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ActionException(ActionException.INVALID_VALUE, "the object is no text in UTF-8", e)
          .hint("\"as: base64\" gives its bytes, \"to_file\" writes them into a file");
    }
    return as.equals("json") ? context.json().parse(text) : text;
  }

  private static Map<String, @Nullable Object> metadata(Headers headers) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(META)) {
        metadata.put(lower.substring(META.length()), headers.get(name));
      }
    }
    return metadata;
  }

  static ActionResult delete(ActionContext context) throws ActionException, InterruptedException {
    String bucket = Names.bucket(context.config());
    String object = Names.object(context.config());
    try (StorageCall call = Storage.of(context).call(context)) {
      call.run(
          bucket,
          object,
          client -> {
            client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(object).build());
            return true;
          });
      return ActionResult.of("deleted", true);
    }
  }

  static ActionResult list(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String bucket = Names.bucket(config);
    String prefix = config.optionalText("prefix").orElse("");
    try (StorageCall call = Storage.of(context).call(context)) {
      List<Object> objects =
          call.run(
              bucket,
              null,
              client -> {
                List<Object> found = new ArrayList<>();
                ListObjectsArgs all =
                    ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build();
                for (Result<Item> result : client.listObjects(all)) {
                  found.add(values(result.get()));
                  if (found.size() > MOST_OBJECTS) {
                    throw new ActionException(
                            "value_too_large", "there are more than " + MOST_OBJECTS + " objects")
                        .hint("a longer \"prefix\" names fewer");
                  }
                }
                return found;
              });
      return ActionResult.of("objects", objects).with("count", (long) objects.size());
    }
  }

  private static Map<String, @Nullable Object> values(Item item) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", item.objectName());
    values.put("size", item.size());
    values.put("etag", unquoted(item.etag()));
    values.put(
        "last_modified",
        item.lastModified() == null ? null : item.lastModified().toInstant().toString());
    return values;
  }

  /** One look of {@code minio.assert}. */
  static ActionResult look(ActionContext context) throws ActionException, InterruptedException {
    ActionConfig config = context.config();
    String bucket = Names.bucket(config);
    String object = Names.object(config);
    try (StorageCall call = Storage.of(context).call(context)) {
      StatObjectResponse found = call.stat(bucket, object);
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("exists", found != null);
      values.put("content_type", found == null ? null : found.contentType());
      values.put("size", found == null ? null : found.size());
      values.put("etag", found == null ? null : unquoted(found.etag()));
      values.put(
          "last_modified", found == null ? null : found.lastModified().toInstant().toString());
      values.put("metadata", found == null ? Map.of() : metadata(found.headers()));
      List<String> faults = Expectation.faults(config, values);
      if (!faults.isEmpty()) {
        throw new ActionException(
                "assertion_failed", "the object \"" + object + "\": " + String.join("; ", faults))
            .result(ActionResult.of(values));
      }
      return ActionResult.of(values);
    }
  }

  private static @Nullable String unquoted(@Nullable String etag) {
    return etag == null ? null : etag.replace("\"", "");
  }
}
