// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a path that goes behind an endpoint's url. It must stay there however the endpoint's
/// server reads it: the call shows a secret that is good for that url alone.
public final class PathBelow {
  private static final int PREFIX_SEGMENTS = 3;
  private static final int ENCODED_TIMES_MAX = 8;
  private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");

  private PathBelow() {}

  /// What stands behind a prefix such as `/agents/{agent}`, as it came: with a slash before it, or
  /// "" for nothing.
  public static String of(String path) {
    String[] segments = path.split("/", PREFIX_SEGMENTS + 1);
    return segments.length > PREFIX_SEGMENTS ? "/" + segments[PREFIX_SEGMENTS] : "";
  }

  /// @param rest of a path, as it came
  /// @throws RefusedException MALFORMED where it leaves the url for any server: those that cut
  ///   parameters off (`..;x`), decode more than once, or take a backslash for a slash
  public static void require(String rest) {
    for (String segment : plain(rest).split("[/\\\\]", -1)) {
      String name = segment.split(";", 2)[0];
      if (name.equals("..") || name.equals(".")) {
        throw malformed(
            "The path goes up or stands still ('..', '.', also encoded): write the one that is"
                + " meant.");
      }
    }
  }

  /// Decoded until nothing changes. Letters beyond ASCII may be wrong, which no segment of interest
  /// has.
  private static String plain(String rest) {
    String now = rest;
    for (int times = 0; times < ENCODED_TIMES_MAX; times++) {
      String decoded = decoded(now);
      if (decoded.equals(now)) {
        return now;
      }
      now = decoded;
    }
    throw malformed("The path is encoded many times over: encode it once.");
  }

  private static String decoded(String text) {
    return ENCODED
        .matcher(text)
        .replaceAll(hit ->
            Matcher.quoteReplacement(
                Character.toString((char) Integer.parseInt(hit.group(1), 16))));
  }

  private static RefusedException malformed(String message) {
    return new RefusedException(Refusal.of(Refusal.Kind.MALFORMED, message));
  }
}
