// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a path that goes behind an endpoint's url. It must stay there however the endpoint's
/// server reads it: the call shows a secret that is good for that url alone.
public final class PathBelow {
  private static final int PREFIX_SEGMENTS = 3;
  private static final int ENCODED_TIMES_MAX = 8;
  private static final Pattern WRONG = Pattern.compile("%(?![0-9a-fA-F]{2})|[^!-~]");
  private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");

  private PathBelow() {}

  /// What stands behind a prefix such as `/agents/{agent}`, as it came: with a slash before it, or
  /// "" for nothing.
  public static String of(String path) {
    String[] segments = path.split("/", PREFIX_SEGMENTS + 1);
    return segments.length > PREFIX_SEGMENTS ? "/" + segments[PREFIX_SEGMENTS] : "";
  }

  /// @param rest of a path, as it came
  /// @throws RefusedException MALFORMED where it is not encoded as paths are, or leaves the url for
  ///   any server: those that cut parameters off (`..;x`), decode more than once, take a backslash
  ///   for a slash or read letters that are written longer than they are (`%c0%ae`)
  public static void require(String rest) {
    if (WRONG.matcher(rest).find()) {
      throw malformed(
          "The path is not encoded as paths are: write what is no letter of ASCII, and the percent"
              + " sign itself, as '%' with two digits for each byte.");
    }
    for (String segment : plain(rest).split("[/\\\\]", -1)) {
      String name = segment.split(";", 2)[0].strip();
      if (name.equals("..") || name.equals(".")) {
        throw malformed(
            "The path goes up or stands still ('..', '.', also encoded): write the one that is"
                + " meant.");
      }
    }
  }

  /// Decoded until nothing changes, with a char for each byte: no segment of interest has letters
  /// beyond ASCII.
  private static String plain(String rest) {
    String now = rest;
    for (int times = 0; times < ENCODED_TIMES_MAX; times++) {
      String decoded = decoded(now);
      if (decoded.equals(now)) {
        return now;
      }
      requireText(decoded);
      now = decoded;
    }
    throw malformed("The path is encoded many times over: encode it once.");
  }

  /// Bytes that are no text are read otherwise by each server, and as a slash or dot by some.
  private static void requireText(String bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (CharacterCodingException e) {
      throw malformed("The path holds bytes that are no text in UTF-8: encode it as that.", e);
    }
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

  private static RefusedException malformed(String message, Exception cause) {
    return new RefusedException(Refusal.of(Refusal.Kind.MALFORMED, message), cause);
  }
}
