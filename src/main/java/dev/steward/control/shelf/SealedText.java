// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.shelf;

import dev.steward.domain.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// A text that may be erased, and the commitment to it that stands in the ledger for ever.
///
/// @param commitment SHA-256 of salt and text; without the salt it cannot be guessed back
/// @param subject id of the person it is about, "" for nobody's
public record SealedText(Digest commitment, String subject, byte[] salt, String text) {
  public static SealedText seal(String subject, String text, RandomGenerator random) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return new SealedText(commitment(salt, text), subject, salt, text);
  }

  /// Whether salt and text are those of the commitment.
  public boolean holds() {
    return commitment(salt, text).equals(commitment);
  }

  private static Digest commitment(byte[] salt, String text) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(salt);
    return new Digest(
        HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8))));
  }
}
