// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import dev.steward.domain.Digest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an open page shows: a short digest of each of its parts. The page gets it as a token and
/// gives it to its feed, also when it comes again after a lost connection, so that the feed begins
/// with what differs. Where a token is missing or is none, nothing is known: then every part
/// differs, and whatever is there counts as being on the page.
public final class Shown {
  /// The parameter of a feed's address; several tokens are joined by dots.
  public static final String PARAMETER = "shown";

  /// More have no token: an address has to stay short.
  static final int PARTS_MAX = 440;

  /// How often the page was told to be renewed, as a part of it.
  private static final String COUNT = "count";

  private static final Pattern TOKENS = Pattern.compile("v[A-Za-z0-9_-]*(\\.v[A-Za-z0-9_-]*)*");
  private static final int WORD_BYTES = 3;
  private static final int PART_BYTES = 2 * WORD_BYTES;

  private final Map<Integer, Integer> parts = new HashMap<>();
  private boolean known = true;

  private Shown() {}

  /// What a page shows that is being made.
  public static Shown fresh() {
    Shown shown = new Shown();
    shown.counts(0);
    return shown;
  }

  /// What the page shows that asks for its feed.
  public static Shown of(PageRequest request) {
    String tokens = request.parameter(PARAMETER);
    Shown shown = new Shown();
    shown.known = tokens != null && TOKENS.matcher(tokens).matches() && shown.read(tokens);
    return shown;
  }

  private boolean read(String tokens) {
    for (String token : tokens.split("\\.", -1)) {
      byte[] bytes = bytes(token.substring(1));
      if (bytes == null) {
        return false;
      }
      for (int i = 0; i < bytes.length; i += PART_BYTES) {
        parts.put(word(bytes, i), word(bytes, i + WORD_BYTES));
      }
    }
    return true;
  }

  private static byte @Nullable [] bytes(String text) {
    // whole parts only, as they are written
    int characters = PART_BYTES * 4 / 3;
    return text.length() % characters == 0 ? Base64.getUrlDecoder().decode(text) : null;
  }

  private static int word(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
  }

  private static int word(String text) {
    return (int) (Digest.of(text).first() >>> 40);
  }

  /// Takes a part as shown from now on.
  ///
  /// @param value records and texts, which say the same of equal values in every process
  /// @return whether the page showed it otherwise, or not at all
  public boolean takes(String part, Object value) {
    int now = word(value.toString());
    Integer before = parts.put(word(part), now);
    return before == null || before != now;
  }

  /// Takes how many changes the page is told of.
  ///
  /// @return whether it is told of another number
  public boolean counts(int changes) {
    return takes(COUNT, changes);
  }

  /// Whether the page has the part.
  public boolean has(String part) {
    return !known || parts.containsKey(word(part));
  }

  /// How many parts are there that the page has not, or are on the page and no longer there.
  public int apart(Collection<String> there) {
    int common = 0;
    for (String part : there) {
      common += parts.containsKey(word(part)) ? 1 : 0;
    }
    int others = parts.containsKey(word(COUNT)) ? parts.size() - 1 : parts.size();
    return known ? there.size() - common + others - common : 0;
  }

  /// Whether anything was known of the page before its feed first looked.
  public boolean known() {
    return known;
  }

  /// The feed has looked: from now on, what is on the page is known.
  public void looked() {
    known = true;
  }

  /// What comes back in the request for the feed, "" where it would be too long.
  public String token() {
    if (parts.size() > PARTS_MAX) {
      return "";
    }
    ByteBuffer bytes = ByteBuffer.allocate(parts.size() * PART_BYTES);
    parts.forEach((part, value) -> {
      put(bytes, part);
      put(bytes, value);
    });
    return "v" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static void put(ByteBuffer bytes, int word) {
    bytes.put((byte) (word >> 16)).put((byte) (word >> 8)).put((byte) word);
  }

  /// The address of the page's feed with this in it.
  public String in(String feed) {
    String token = token();
    return token.isEmpty()
        ? feed
        : feed + (feed.contains("?") ? "&" : "?") + PARAMETER + "=" + token;
  }
}
