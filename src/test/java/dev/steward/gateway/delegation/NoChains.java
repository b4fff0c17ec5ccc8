// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.gateway.signing.JwsKey;
import dev.steward.ledger.note.SigningKey;
import dev.steward.trace.diary.Diary;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Chains with a key of their own, in which nobody was asked yet.
public final class NoChains {
  private NoChains() {}

  public static Chains of(InstantSource clock) {
    JwsKey key = new JwsKey(SigningKey.generate("agents", new SecureRandom()));
    return new Chains(new ChainTokens(key, clock), Diary.NONE, 1_000);
  }
}
