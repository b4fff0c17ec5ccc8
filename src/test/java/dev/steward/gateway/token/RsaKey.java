// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.token;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A key such as stands in the file of a service account; one for all tests, since finding it takes
/// long.
public final class RsaKey {
  private static final KeyPair PAIR = found();

  private RsaKey() {}

  static KeyPair pair() {
    return PAIR;
  }

  public static String pem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(PAIR.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static KeyPair found() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      return keys.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
