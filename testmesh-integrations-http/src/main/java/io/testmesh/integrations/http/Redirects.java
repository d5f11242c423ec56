package io.testmesh.integrations.http;

import io.testmesh.action.ActionException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Where a response leads on (RFC 9110, 15.4). */
final class Redirects {
  private Redirects() {}

  /**
   * The request that follows a response.
   *
   * @param secretHeader a header that only the first server may see; null when there is none
   * @return null when the response is no redirect
   */
  static @Nullable Request next(Response response, @Nullable String secretHeader)
      throws ActionException {
    int status = response.code();
    if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
      return null;
    }
    String location = response.header("Location");
    if (location == null) {
      return null;
    }
    Request request = response.request();
    HttpUrl url = request.url().resolve(location);
    if (url == null) {
      throw new ActionException(
          ActionException.ACTION_FAILED,
          Urls.hostAndPort(request.url())
              + " redirects to \""
              + location
              + "\", which is neither http nor https");
    }
    Request.Builder next = request.newBuilder().url(url);
    if (becomesGet(status, request.method())) {
      next.method("GET", null)
          .removeHeader("Content-Type")
          .removeHeader("Content-Length")
          .removeHeader("Transfer-Encoding");
    }
    if (!Urls.sameOrigin(request.url(), url)) {
      next.removeHeader("Authorization").removeHeader("Cookie").removeHeader("Host");
      if (secretHeader != null) {
        next.removeHeader(secretHeader);
      }
    }
    return next.build();
  }

  private static boolean becomesGet(int status, String method) {
    return switch (status) {
      case 303 -> !method.equals("HEAD");
      case 301, 302 -> method.equals("POST");
      default -> false;
    };
  }
}
