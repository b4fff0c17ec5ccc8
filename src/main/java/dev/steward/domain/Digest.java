// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A SHA-256 hash, 64 lower-case hex characters.
public record Digest(String hex) implements Comparable<Digest> {
  private static final MessageDigest FRESH = looked();

  /// One that is not in use: what hashes most hashes in one thread.
  private static final AtomicReference<@Nullable MessageDigest> SPARE = new AtomicReference<>();

  public Digest {
    if (hex.length() != 64 || !isLowerHex(hex)) {
      throw new IllegalArgumentException("not 64 lower-case hex characters: " + hex);
    }
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
    return new Digest(HexFormat.of().formatHex(raw));
  }

  /// The 32 raw bytes.
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
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

  private static boolean isLowerHex(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
