// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import dev.steward.domain.Digest;
import java.util.List;

/// A log's signed size and root hash.
///
/// @param extensions further lines of the text, none in our logs
/// @param note the signed note it was read from, with every signature and cosignature
public record Checkpoint(
    String origin, long size, Digest root, List<String> extensions, SignedNote note) {

  public Checkpoint {
    extensions = List.copyOf(extensions);
  }

  /// Signs the size and root of the log that the key is named after.
  public static Checkpoint sign(SigningKey key, long size, Digest root) {
    String text = key.name() + "\n" + size + "\n" + CanonicalBase64.encode(root.bytes()) + "\n";
    SignedNote note = new SignedNote(text, List.of(key.sign(text)));
    return new Checkpoint(key.name(), size, root, List.of(), note);
  }

  /// Reads a checkpoint; no signature is checked yet.
  public static Checkpoint parse(byte[] bytes) throws NoteException {
    SignedNote note = SignedNote.parse(bytes);
    List<String> lines = note.text().lines().toList();
    if (lines.size() < 3) {
      throw new NoteException("a checkpoint is an origin, a size and a root hash");
    }
    byte[] root = CanonicalBase64.decode(lines.get(2));
    if (root.length != 32) {
      throw new NoteException("a root hash of " + root.length + " bytes");
    }
    List<String> extensions = lines.subList(3, lines.size());
    if (lines.getFirst().isEmpty() || extensions.contains("")) {
      throw new NoteException("an empty line in a checkpoint");
    }
    return new Checkpoint(
        lines.getFirst(), size(lines.get(1)), Digest.ofRaw(root), extensions, note);
  }

  /// The note as it is served and stored.
  public byte[] encode() {
    return note.encode();
  }

  public Checkpoint with(List<NoteSignature> cosignatures) {
    return new Checkpoint(origin, size, root, extensions, note.with(cosignatures));
  }

  static long size(String decimal) throws NoteException {
    try {
      long size = Long.parseLong(decimal);
      if (size >= 0 && Long.toString(size).equals(decimal)) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new NoteException("not a tree size: " + decimal);
    }
    throw new NoteException("not a tree size: " + decimal);
  }
}
