// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Text as one part of an address: a segment of its path, or a value of its query.
public final class Percent {
  private Percent() {}

  /// Every byte of its UTF-8 percent-encoded that RFC 3986 §2.3 does not leave unreserved.
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
