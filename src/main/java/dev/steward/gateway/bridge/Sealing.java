// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.rpc.RpcJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Encrypts what a client carries for us, so that it can neither read nor change it. The key lives
/// as long as the server: what it points to does so too.
final class Sealing {
  private static final String PREFIX = "steward.b1.";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final RandomGenerator random;

  Sealing(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "AES");
    this.random = random;
  }

  String seal(ObjectNode state) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(RpcJson.bytes(state));
      byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE, sealed.length);
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts everywhere", e);
    }
  }

  /// What was sealed, empty for anything else.
  Optional<JsonNode> open(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] all =
          Base64.getUrlDecoder()
              .decode(text.substring(PREFIX.length()).getBytes(StandardCharsets.US_ASCII));
      if (all.length <= NONCE) {
        return Optional.empty();
      }
      byte[] state =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE))
              .doFinal(all, NONCE, all.length - NONCE);
      return Optional.of(RpcJson.read(state));
    } catch (GeneralSecurityException | IllegalArgumentException | JacksonException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
