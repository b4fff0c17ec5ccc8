// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.control.secret.SecretEntry;
import java.time.Instant;
import java.util.List;

/// The file of secrets as it is written.
///
/// @param check a known text sealed with the key, so that a wrong key is told from a damaged file
record SealedSecrets(int form, byte[] check, List<Item> secrets) {
  static final int FORM = 1;

  /// One secret.
  ///
  /// @param sealed nonce and ciphertext; the name is bound to it
  record Item(String name, Instant rotatedAt, SecretEntry.Origin origin, byte[] sealed) {}
}
