// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// A witness's statement that it saw a checkpoint and that the log had only grown: a time and an
/// Ed25519 signature.
public record Cosignature(Instant time, byte[] ed25519) {
  private static final int LENGTH = 8 + 64;

  /// Reads the signature bytes of a note line.
  public static Cosignature of(NoteSignature signature) throws NoteException {
    byte[] bytes = signature.signature();
    if (bytes.length != LENGTH) {
      throw new NoteException("a cosignature of " + bytes.length + " bytes by " + signature.name());
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    if (seconds <= 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new NoteException("a cosignature without a time by " + signature.name());
    }
    return new Cosignature(Instant.ofEpochSecond(seconds), Arrays.copyOfRange(bytes, 8, LENGTH));
  }

  /// What a witness signs for a checkpoint text.
  public byte[] message(String checkpointText) {
    return message(time, checkpointText);
  }

  static byte[] message(Instant time, String checkpointText) {
    String header = "cosignature/v1\ntime " + time.getEpochSecond() + "\n";
    return (header + checkpointText).getBytes(StandardCharsets.UTF_8);
  }

  byte[] encode() {
    return ByteBuffer.allocate(LENGTH).putLong(time.getEpochSecond()).put(ed25519).array();
  }
}
