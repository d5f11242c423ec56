package io.testmesh.integrations.http;

import io.testmesh.action.ActionConfig;
import io.testmesh.action.ActionContext;
import io.testmesh.action.ActionException;
import io.testmesh.integrations.common.Values;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Makes the body of a request. */
final class Bodies {
  private static final String FORM = "application/x-www-form-urlencoded";

  private Bodies() {}

  /**
   * A body and its content type.
   *
   * @param content the bytes
   * @param contentType the header if the flow gives none; null where the bytes do not tell, or
   *     where the content itself knows
   */
  record Body(RequestBody content, @Nullable String contentType) {}

  /**
   * Makes the body of a step.
   *
   * @param contentType the header that the flow gives, or null
   * @return null when the step has none
   */
  static @Nullable Body of(ActionContext context, @Nullable String contentType)
      throws ActionException {
    ActionConfig config = context.config();
    String found = RequestCheck.body(key -> config.value(key) != null);
    if (found == null) {
      return null;
    }
    return switch (found) {
      case "form" -> new Body(RequestBody.create(form(config.map("form"))), FORM);
      case "multipart" -> new Body(multipart(config.map("multipart"), context), null);
      case "file" -> new Body(file(config.text("file"), "file", null, context), null);
      default -> plain(config.value("body"), contentType, context);
    };
  }

  private static Body plain(
      @Nullable Object value, @Nullable String contentType, ActionContext context)
      throws ActionException {
    if (value instanceof String text) {
      Charset charset = ContentType.parse(contentType).charset();
      byte[] bytes = text.getBytes(charset == null ? StandardCharsets.UTF_8 : charset);
      return new Body(RequestBody.create(bytes), "text/plain; charset=utf-8");
    }
    if (contentType != null && ContentType.essence(contentType).equals(FORM)) {
      throw new ActionException(
              ActionException.INVALID_VALUE,
              "\"body\" is "
                  + Values.kind(value)
                  + " and would be sent as JSON, but the header Content-Type says "
                  + contentType)
          .hint("put the fields into \"form\"");
    }
    byte[] json = context.json().render(value).getBytes(StandardCharsets.UTF_8);
    return new Body(RequestBody.create(json), "application/json");
  }

  private static byte[] form(Map<String, @Nullable Object> fields) throws ActionException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      for (Object value : listOf(field.getValue())) {
        text.append(text.isEmpty() ? "" : "&").append(formText(field.getKey())).append('=');
        text.append(formText(Values.text(value, "form." + field.getKey())));
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** A text as it stands in a form. */
  static String formText(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The values of a key that may be repeated: none for null, else the items of the list. */
  static List<?> listOf(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static RequestBody multipart(Map<String, @Nullable Object> parts, ActionContext context)
      throws ActionException {
    MultipartBody.Builder body = new MultipartBody.Builder().setType(MultipartBody.FORM);
    if (parts.isEmpty()) {
      throw new ActionException(ActionException.INVALID_VALUE, "\"multipart\" has no parts");
    }
    for (Map.Entry<String, @Nullable Object> part : parts.entrySet()) {
      for (Object value : listOf(part.getValue())) {
        addPart(body, part.getKey(), value, context);
      }
    }
    return body.build();
  }

  private static void addPart(
      MultipartBody.Builder body, String name, Object value, ActionContext context)
      throws ActionException {
    String key = "multipart." + name;
    if (!(value instanceof Map<?, ?> map)) {
      body.addFormDataPart(name, Values.text(value, key));
      return;
    }
    Object written = map.get("content_type");
    MediaType type = written == null ? null : mediaType(written.toString(), key);
    Object file = map.get("file");
    if (file != null) {
      String path = file.toString();
      Object filename = map.get("filename");
      Path fileName = Path.of(path).getFileName();
      String shown = filename != null ? filename.toString() : String.valueOf(fileName);
      MediaType fileType = type == null ? mediaType("application/octet-stream", key) : type;
      body.addFormDataPart(name, shown, file(path, key + ".file", fileType, context));
      return;
    }
    Object content = map.get("value");
    boolean json = content instanceof Map || content instanceof List;
    String text = json ? context.json().render(content) : Values.text(content, key + ".value");
    MediaType textType = type == null && json ? mediaType("application/json", key) : type;
    // Bytes, as the library would add a charset to the type of a text.
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    body.addFormDataPart(name, null, RequestBody.create(bytes, textType));
  }

  private static MediaType mediaType(String text, String key) throws ActionException {
    MediaType type = MediaType.parse(text);
    if (type == null) {
      throw new ActionException(
          ActionException.INVALID_VALUE,
          "\""
              + key
              + ".content_type\" wants a content type such as text/csv, got \""
              + text
              + "\"");
    }
    return type;
  }

  private static RequestBody file(
      String path, String key, @Nullable MediaType type, ActionContext context)
      throws ActionException {
    Path file = context.resolve(path);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ActionException(
              "file_not_found", "\"" + key + "\": there is no file \"" + path + "\" (" + file + ")")
          .at(key);
    }
    return RequestBody.create(file.toFile(), type);
  }
}
