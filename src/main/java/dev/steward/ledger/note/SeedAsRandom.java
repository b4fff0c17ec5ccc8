// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.io.Serial;
import java.security.SecureRandom;

/// A source that yields one seed: the JDK tells an Ed25519 public key only when it makes the pair.
final class SeedAsRandom extends SecureRandom {
  @Serial private static final long serialVersionUID = 1;

  private final byte[] seed;

  SeedAsRandom(byte[] seed) {
    this.seed = seed.clone();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    if (bytes.length != seed.length) {
      throw new IllegalStateException("the JDK asked for " + bytes.length + " bytes of a seed");
    }
    System.arraycopy(seed, 0, bytes, 0, seed.length);
  }
}
