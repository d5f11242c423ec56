package io.testmesh.integrations.minio;

import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionDescriptor;
import io.testmesh.action.ActionException;
import io.testmesh.action.ActionResult;
import io.testmesh.action.ConfigType;

/** The action {@code minio.delete}. */
public final class MinioDeleteAction extends StorageAction {
  /** For {@link java.util.ServiceLoader}. */
  public MinioDeleteAction() {
    super("delete", describe());
  }

  private static ActionDescriptor describe() {
    ActionDescriptor own =
        StorageKeys.object(
            ActionDescriptor.of("minio.delete")
                .describedAs("Deletes an object. One that is not there is no failure."));
    return StorageKeys.connection(own)
        .result("deleted", ConfigType.BOOLEAN, "True: it is not there any more")
        .example(
            """
            - action: minio.delete
              config: {endpoint: "localhost:9000", bucket: reports, object: day.json}
            """);
  }

  @Override
  public ActionResult execute(ActionContext context) throws ActionException, InterruptedException {
    return StorageSteps.delete(context);
  }
}
