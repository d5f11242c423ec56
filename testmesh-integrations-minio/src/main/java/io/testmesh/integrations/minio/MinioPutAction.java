package io.testmesh.integrations.minio;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigCheck;
import io.testmesh.action.ConfigType;
import java.util.List;

/** The action {@code minio.put}. */
public final class MinioPutAction extends StorageAction {
  /** For {@link java.util.ServiceLoader}. */
  public MinioPutAction() {
    super("put", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        StorageKeys.object(
                ActionDescriptor.of("minio.put").describedAs("Stores an object in MinIO or S3."))
            .optional("data", ConfigType.ANY, "A text as it is, or a value that is stored as JSON")
            .optional(
                "encoding", ConfigType.choice("base64"), "base64: data is the base64 of the bytes")
            .optional("file", ConfigType.FILE, "A file in place of data; it is streamed")
            .optional(
                "content_type",
                ConfigType.TEXT,
                "Its type; if it is left out application/json for a value, else"
                    + " application/octet-stream")
            .optional("metadata", ConfigType.MAP, "Texts that are kept with it")
            .optional(
                "create_bucket", ConfigType.BOOLEAN, false, "Whether a missing bucket is made");
    return StorageKeys.connection(own)
        .result("etag", ConfigType.TEXT, "The entity tag")
        .result("size", ConfigType.INTEGER, "How many bytes it has")
        .result("bucket", ConfigType.TEXT, "The bucket")
        .result("object", ConfigType.TEXT, "The object")
        .example(
            """
            - action: minio.put
              config:
                endpoint: localhost:9000
                bucket: reports
                object: day.json
                data: {total: 59.97}
                create_bucket: true
            """);
  }

  @Override
  public void check(ConfigCheck config) {
    super.check(config);
    // An explicit null is a value, too.
    boolean hasData = config.values().containsKey("data");
    if (hasData == config.has("file")) {
      config.reject(
          hasData ? List.of("file") : List.of(),
          hasData
              ? "\"data\" and \"file\" exclude each other"
              : "there is neither \"data\" nor \"file\"",
          hasData ? "keep one of them" : "\"data: ''\" stores an empty object");
    }
    if (config.has("encoding") && config.has("file")) {
      config.reject("encoding", "\"encoding\" is about \"data\"", "remove it");
    }
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return StorageSteps.put(context);
  }
}
