// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.util.Base64;

/// Base64 of which only the one canonical form is read, so that no character of a signature line
/// can change unseen.
public final class CanonicalBase64 {
  private CanonicalBase64() {}

  public static byte[] decode(String text) throws NoteException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new NoteException("not base64: " + shown(text));
    }
    if (!encode(bytes).equals(text)) {
      throw new NoteException("not canonical base64: " + shown(text));
    }
    return bytes;
  }

  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String shown(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
