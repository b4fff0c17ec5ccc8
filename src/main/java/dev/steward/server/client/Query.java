// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The path and query of a request, with what was not given left out.
public final class Query {
  private final StringBuilder text;
  private char joint = '?';

  public Query(String path) {
    text = new StringBuilder(path);
  }

  public Query with(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      text.append(joint).append(name).append('=').append(encoded(value.toString()));
      joint = '&';
    }
    return this;
  }

  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
