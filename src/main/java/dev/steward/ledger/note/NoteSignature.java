// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One signature line of a note: who signed, with which key, and the signature itself.
public record NoteSignature(String name, int keyId, byte[] signature) {
  private static final String PREFIX = "— ";

  /// The line, without a line feed.
  public String line() {
    byte[] bytes = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature).array();
    return PREFIX + name + " " + CanonicalBase64.encode(bytes);
  }

  /// The line with its line feed, as stored.
  public byte[] bytes() {
    return (line() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Reads a line that has no line feed.
  public static NoteSignature parse(String line) throws NoteException {
    int space = line.indexOf(' ', PREFIX.length());
    if (!line.startsWith(PREFIX) || space < 0) {
      throw new NoteException("not a signature line: " + line);
    }
    String name = line.substring(PREFIX.length(), space);
    VerifierKey.checkName(name);
    byte[] bytes = CanonicalBase64.decode(line.substring(space + 1));
    if (bytes.length < 5) {
      throw new NoteException("the signature of " + name + " is too short");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int keyId = buffer.getInt();
    byte[] signature = new byte[buffer.remaining()];
    buffer.get(signature);
    return new NoteSignature(name, keyId, signature);
  }
}
