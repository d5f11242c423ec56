package io.testmesh.plugin;

import io.testmesh.action.ActionException;
import io.testmesh.action.JsonFormat;
import io.testmesh.plugin.protocol.JsonBytes;
import java.nio.charset.StandardCharsets;

/** JSON text. */
final class FakeJson implements JsonFormat {
  @Override
  public Object parse(String text) throws ActionException {
    try {
      return new JsonBytes().read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonBytes.Fault e) {
      throw new ActionException(ActionException.INVALID_VALUE, "not JSON", e);
    }
  }

  @Override
  public String render(Object value) {
    return new String(new JsonBytes().write(value), StandardCharsets.UTF_8);
  }
}
