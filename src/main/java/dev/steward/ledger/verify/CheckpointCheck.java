// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.note.NoteSignature;
import dev.steward.ledger.note.SignedNote;
import dev.steward.ledger.note.VerifierKey;
import dev.steward.ledger.storage.StoredCheckpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The check of one stored checkpoint by itself: its form, its size and every signature.
public final class CheckpointCheck {
  private final KnownKeys keys;

  public CheckpointCheck(KnownKeys keys) {
    this.keys = keys;
  }

  /// The checkpoint with its cosignatures.
  ///
  /// @throws NoteException saying what is wrong with it
  public Checkpoint read(StoredCheckpoint stored) throws NoteException {
    Checkpoint checkpoint = Checkpoint.parse(stored.note());
    if (checkpoint.size() != stored.size()) {
      throw new NoteException("it is of size " + checkpoint.size());
    }
    if (!Arrays.equals(checkpoint.encode(), stored.note())) {
      throw new NoteException("it is not written as a checkpoint is");
    }
    if (checkpoint.note().signatures().size() != 1) {
      throw new NoteException("it has other signatures than the log's");
    }
    VerifierKey signer = checkpoint.note().verify(keys.log()).getFirst();
    if (!signer.name().equals(checkpoint.origin())) {
      throw new NoteException("it is of the log " + checkpoint.origin());
    }
    List<NoteSignature> cosignatures = new ArrayList<>();
    for (byte[] line : stored.cosignatures()) {
      cosignatures.add(cosignature(checkpoint, line));
    }
    return checkpoint.with(cosignatures);
  }

  /// Reads a witness's line and verifies it over the checkpoint.
  private NoteSignature cosignature(Checkpoint checkpoint, byte[] line) throws NoteException {
    String text = new String(line, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      throw new NoteException("a cosignature without its line feed");
    }
    NoteSignature signature = NoteSignature.parse(text.substring(0, text.length() - 1));
    if (!Arrays.equals(signature.bytes(), line)) {
      throw new NoteException("a cosignature that is not written as one is");
    }
    try {
      new SignedNote(checkpoint.note().text(), List.of(signature)).verify(keys.witnesses());
    } catch (NoteException e) {
      throw new NoteException("its cosignature by " + signature.name() + ": " + e.getMessage());
    }
    return signature;
  }
}
