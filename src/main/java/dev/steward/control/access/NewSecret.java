// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import dev.steward.domain.Digest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// A fresh key or token. The value is shown once and kept nowhere; only its hash enters a command.
///
/// @param id by which it is listed and revoked
/// @param value what its holder presents, 256 random bits
public record NewSecret(String id, String value, Digest hash) {
  public static final String AGENT_KEY_PREFIX = "sk-steward-";
  public static final String TOKEN_PREFIX = "st-";

  public static NewSecret agentKey(RandomGenerator random) {
    return of("key-", AGENT_KEY_PREFIX, random);
  }

  public static NewSecret token(RandomGenerator random) {
    return of("token-", TOKEN_PREFIX, random);
  }

  /// The hash under which State knows a presented value.
  public static Digest hashOf(String value) {
    return Digest.of(value);
  }

  private static NewSecret of(String idPrefix, String prefix, RandomGenerator random) {
    byte[] id = new byte[8];
    byte[] secret = new byte[32];
    random.nextBytes(id);
    random.nextBytes(secret);
    String value = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new NewSecret(idPrefix + HexFormat.of().formatHex(id), value, hashOf(value));
  }

  /// Leaves the value out, so that no log line can hold it.
  @Override
  public String toString() {
    return "NewSecret[" + id + "]";
  }
}
