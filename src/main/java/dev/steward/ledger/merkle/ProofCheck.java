// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import dev.steward.domain.Digest;
import java.util.Arrays;
import java.util.Iterator;

/// Checks proofs against roots by the iterations of RFC 9162 section 2.1, with nothing else of the
/// tree at hand.
public final class ProofCheck {
  private ProofCheck() {}

  /// Whether the proof shows the leaf to be under the root.
  public static boolean includes(InclusionProof proof, byte[] leafHash, Digest root) {
    if (proof.index() < 0 || proof.index() >= proof.size()) {
      return false;
    }
    long position = proof.index();
    long last = proof.size() - 1;
    byte[] hash = leafHash;
    for (Digest sibling : proof.path()) {
      if (last == 0) {
        return false;
      }
      if ((position & 1) == 1 || position == last) {
        hash = MerkleHash.node(sibling.bytes(), hash);
        while ((position & 1) == 0 && position != 0) {
          position >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = MerkleHash.node(hash, sibling.bytes());
      }
      position >>>= 1;
      last >>>= 1;
    }
    return last == 0 && Arrays.equals(hash, root.bytes());
  }

  /// Whether the proof shows the tree under `newRoot` to begin with the one under `oldRoot`.
  public static boolean isConsistent(ConsistencyProof proof, Digest oldRoot, Digest newRoot) {
    if (proof.from() < 0 || proof.from() > proof.to()) {
      return false;
    }
    if (proof.from() == proof.to()) {
      return proof.path().isEmpty() && oldRoot.equals(newRoot);
    }
    if (proof.from() == 0) {
      return proof.path().isEmpty() && oldRoot.equals(Digest.ofRaw(MerkleHash.empty()));
    }
    return climb(proof, oldRoot, newRoot);
  }

  private static boolean climb(ConsistencyProof proof, Digest oldRoot, Digest newRoot) {
    Iterator<Digest> path = proof.path().iterator();
    boolean powerOfTwo = Long.bitCount(proof.from()) == 1;
    if (!powerOfTwo && !path.hasNext()) {
      return false;
    }
    int skipped = Long.numberOfTrailingZeros(~(proof.from() - 1));
    long position = (proof.from() - 1) >>> skipped;
    long last = (proof.to() - 1) >>> skipped;
    byte[] oldHash = powerOfTwo ? oldRoot.bytes() : path.next().bytes();
    byte[] newHash = oldHash;
    while (path.hasNext()) {
      byte[] sibling = path.next().bytes();
      if (last == 0) {
        return false;
      }
      if ((position & 1) == 1 || position == last) {
        oldHash = MerkleHash.node(sibling, oldHash);
        newHash = MerkleHash.node(sibling, newHash);
        while ((position & 1) == 0 && position != 0) {
          position >>>= 1;
          last >>>= 1;
        }
      } else {
        newHash = MerkleHash.node(newHash, sibling);
      }
      position >>>= 1;
      last >>>= 1;
    }
    return last == 0
        && Arrays.equals(oldHash, oldRoot.bytes())
        && Arrays.equals(newHash, newRoot.bytes());
  }
}
