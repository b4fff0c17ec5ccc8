// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Reads a posted form.
final class Form {
  private Form() {}

  static Map<String, String> read(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        fields.put(decoded(name), decoded(value));
      }
    }
    return fields;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.MALFORMED, "A form field has a broken percent sign: " + e.getMessage(), e);
    }
  }
}
