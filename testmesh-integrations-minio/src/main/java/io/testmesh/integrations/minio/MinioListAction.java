package io.testmesh.integrations.minio;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code minio.list}. */
public final class MinioListAction extends StorageAction {
  /** For {@link java.util.ServiceLoader}. */
  public MinioListAction() {
    super("list", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        ActionDescriptor.of("minio.list")
            .describedAs("Lists the objects of a bucket, by name.")
            .required("bucket", ConfigType.TEXT, "The bucket")
            .optional("prefix", ConfigType.TEXT, "How their names begin");
    return StorageKeys.connection(own)
        .result("objects", ConfigType.LIST, "Each with name, size, etag and last_modified")
        .result("count", ConfigType.INTEGER, "How many there are")
        .example(
            """
            - action: minio.list
              config: {endpoint: "localhost:9000", bucket: reports, prefix: 2026/}
              assert:
                - count > 0
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return StorageSteps.list(context);
  }
}
