// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The agent key that a request presents, in whatever header its SDK puts one.
public final class PresentedKey {
  private static final List<String> HEADERS = List.of("x-api-key", "x-goog-api-key", "api-key");
  private static final String SIGNED = "aws4-hmac-sha256 credential=";

  private PresentedKey() {}

  /// @param header a header of the request by its lower-case name, null where it is absent
  /// @throws ApiException UNAUTHENTICATED when the Authorization header cannot be read
  public static Optional<String> in(Function<String, @Nullable String> header) {
    String authorization = header.apply("authorization");
    if (authorization != null && !authorization.isBlank()) {
      return Optional.of(ofAuthorization(authorization.strip()));
    }
    for (String name : HEADERS) {
      String value = header.apply(name);
      if (value != null && !value.isBlank()) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }

  /// Bearer, Basic with the key as its password, or the bare key.
  private static String ofAuthorization(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.startsWith("bearer ")) {
      return value.substring("bearer ".length()).strip();
    }
    if (lower.startsWith(SIGNED)) {
      // AWS SDKs send the key's id and a signature; who points one here gives the agent key as id.
      int end = value.indexOf('/', SIGNED.length());
      return end < 0 ? value : value.substring(SIGNED.length(), end);
    }
    if (!lower.startsWith("basic ")) {
      return value;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(value.substring("basic ".length()).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      return text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.UNAUTHENTICATED, "The Authorization header is no valid Basic one.", e);
    }
  }
}
