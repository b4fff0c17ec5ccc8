// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A SHA-256 hash, written as 64 lower-case hex characters. It is kept as four words: many are read
/// and compared, few are written.
public record Digest(long first, long second, long third, long fourth)
    implements Comparable<Digest> {
  private static final int WORD_CHARACTERS = 16;
  private static final int CHARACTERS = 4 * WORD_CHARACTERS;
  private static final int BYTES = 4 * Long.BYTES;

  private static final MessageDigest FRESH = looked();

  /// One that is not in use: what hashes most hashes in one thread.
  private static final AtomicReference<@Nullable MessageDigest> SPARE = new AtomicReference<>();

  /// @param hex 64 lower-case hex characters
  public Digest(String hex) {
    this(word(hex, 0), word(hex, 1), word(hex, 2), word(hex, 3));
  }

  public static Digest of(byte[] bytes) {
    MessageDigest spare = SPARE.getAndSet(null);
    MessageDigest sha256 = spare == null ? sha256() : spare;
    byte[] raw = sha256.digest(bytes);
    SPARE.set(sha256);
    return ofRaw(raw);
  }

  public static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The digest that is these 32 raw bytes.
  public static Digest ofRaw(byte[] raw) {
    if (raw.length != BYTES) {
      throw new IllegalArgumentException("not 32 bytes: " + raw.length);
    }
    ByteBuffer words = ByteBuffer.wrap(raw);
    return new Digest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  /// The 32 raw bytes.
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  public static MessageDigest sha256() {
    try {
      // A copy is quicker than to look for a provider.
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException _) {
      return looked();
    }
  }

  private static MessageDigest looked() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static long word(String hex, int index) {
    if (hex.length() != CHARACTERS) {
      throw notHex(hex);
    }
    long word = 0;
    for (int i = index * WORD_CHARACTERS; i < (index + 1) * WORD_CHARACTERS; i++) {
      char c = hex.charAt(i);
      if (c >= '0' && c <= '9') {
        word = word << 4 | (c - '0');
      } else if (c >= 'a' && c <= 'f') {
        word = word << 4 | (c - 'a' + 10);
      } else {
        throw notHex(hex);
      }
    }
    return word;
  }

  private static IllegalArgumentException notHex(String text) {
    return new IllegalArgumentException("not 64 lower-case hex characters: " + text);
  }

  /// Any part of a hash is one.
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public int compareTo(Digest other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  @Override
  public String toString() {
    return hex();
  }
}
