// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

import dev.steward.domain.Digest;
import java.util.Locale;

/// One document and a hash of its content.
///
/// @param hash as `FORM:VALUE`, such as `sha256:...`
public record Fingerprint(String id, String hash) {
  private static final String SHA = "sha256:";

  public Fingerprint {
    String plain = hash.strip().toLowerCase(Locale.ROOT);
    hash = plain.matches("[0-9a-f]{64}") ? SHA + plain : hash.strip();
  }

  /// Of a document whose content is known.
  static Fingerprint of(String id, String content) {
    return new Fingerprint(id, SHA + Digest.of(content).hex());
  }

  /// Whether both hashes are of the same form, so that they can be compared.
  boolean comparable(String other) {
    return form(hash).equals(form(other));
  }

  private static String form(String hash) {
    int colon = hash.indexOf(':');
    return colon < 0 ? "" : hash.substring(0, colon);
  }
}
