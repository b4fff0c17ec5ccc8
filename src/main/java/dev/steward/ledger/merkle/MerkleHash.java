// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import dev.steward.domain.Digest;
import java.security.MessageDigest;

/// The three hashes of RFC 6962: of nothing, of a leaf and of two subtrees.
public final class MerkleHash {
  /// Length of every hash in bytes.
  public static final int LENGTH = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleHash() {}

  public static byte[] empty() {
    return Digest.sha256().digest();
  }

  public static byte[] leaf(byte[] data) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(LEAF);
    return sha256.digest(data);
  }

  public static byte[] node(byte[] left, byte[] right) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }
}
