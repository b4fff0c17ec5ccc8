// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.note.VerifierKey;
import java.net.URI;
import java.time.Duration;

/// A witness to ask for cosignatures.
///
/// @param name for people; the vkey has a name of its own
/// @param vkey the witness's public key, of type 0x04
/// @param url prefix of its `add-checkpoint`
/// @param timeout for one request
/// @param retryMin first wait after a failure; it doubles up to a minute
public record WitnessConfig(
    String name, String vkey, URI url, Duration timeout, Duration retryMin) {

  public WitnessConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a witness has no name");
    }
    if (url.getScheme() == null || !url.getScheme().matches("https?")) {
      throw new IllegalArgumentException("the url of witness " + name + " is not http(s): " + url);
    }
    if (!timeout.isPositive() || !retryMin.isPositive()) {
      throw new IllegalArgumentException("a wait for witness " + name + " is not positive");
    }
    key(name, vkey);
  }

  public WitnessConfig(String name, String vkey, URI url) {
    this(name, vkey, url, Duration.ofSeconds(10), Duration.ofSeconds(1));
  }

  public VerifierKey key() {
    return key(name, vkey);
  }

  private static VerifierKey key(String name, String vkey) {
    try {
      VerifierKey key = VerifierKey.parse(vkey);
      if (key.type() != VerifierKey.Type.COSIGNATURE) {
        throw new IllegalArgumentException("the vkey of witness " + name + " is not of type 0x04");
      }
      return key;
    } catch (NoteException e) {
      throw new IllegalArgumentException("witness " + name + ": " + e.getMessage(), e);
    }
  }
}
