package io.testmesh.integrations.minio;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code minio.get}. */
public final class MinioGetAction extends StorageAction {
  /** For {@link java.util.ServiceLoader}. */
  public MinioGetAction() {
    super("get", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        StorageKeys.object(
                ActionDescriptor.of("minio.get")
                    .describedAs("Reads an object. One that is not there is a failure."))
            .optional(
                "as", ConfigType.choice("text", "base64", "json"), "text", "What body becomes")
            .optional("to_file", ConfigType.TEXT, "A file to write in place of body");
    return StorageKeys.connection(own)
        .result("body", ConfigType.ANY, "What is in it, unless it goes into a file")
        .result("file", ConfigType.TEXT, "With to_file: the file")
        .result("sha256", ConfigType.TEXT, "With to_file: the hash of its bytes")
        .result("content_type", ConfigType.TEXT, "Its type")
        .result("size", ConfigType.INTEGER, "How many bytes it has")
        .result("etag", ConfigType.TEXT, "The entity tag")
        .result(
            "metadata", ConfigType.MAP, "The texts that are kept with it, names in small letters")
        .example(
            """
            - action: minio.get
              config: {endpoint: "localhost:9000", bucket: reports, object: day.json, as: json}
              assert:
                - body.total == 59.97
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return StorageSteps.get(context);
  }
}
