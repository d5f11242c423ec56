package io.testmesh.integrations.minio;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code minio.assert}. */
public final class MinioAssertAction extends StorageAction {
  /** For {@link java.util.ServiceLoader}. */
  public MinioAssertAction() {
    super("look at", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        StorageKeys.object(
                ActionDescriptor.of("minio.assert")
                    .describedAs(
                        "Looks at an object until it is as it has to be. A bucket that is not there,"
                            + " or that may not be read, is an error, also for \"exists: false\"."))
            .optional("exists", ConfigType.BOOLEAN, "Whether it has to be there")
            .optional("content_type", ConfigType.TEXT, "Its type")
            .optional("size_gte", ConfigType.INTEGER, "How many bytes it has at least")
            .optional("metadata", ConfigType.MAP, "Texts that are kept with it")
            .polling("exists", "content_type", "size_gte", "metadata");
    return StorageKeys.connection(own)
        .result("exists", ConfigType.BOOLEAN, "Whether it is there")
        .result("content_type", ConfigType.TEXT, "Its type; null when it is not there")
        .result("size", ConfigType.INTEGER, "How many bytes it has; null when it is not there")
        .result("etag", ConfigType.TEXT, "The entity tag; null when it is not there")
        .result("last_modified", ConfigType.TEXT, "When it was stored, ISO 8601")
        .result("metadata", ConfigType.MAP, "The texts that are kept with it")
        .example(
            """
            - action: minio.assert
              config:
                endpoint: localhost:9000
                bucket: reports
                object: day.json
                exists: true
                within: 20s
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return StorageSteps.look(context);
  }
}
