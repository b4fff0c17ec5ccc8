// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A C2SP signed note: a text and the signatures under it.
///
/// @param text ends with a line feed
public record SignedNote(String text, List<NoteSignature> signatures) {
  private static final int BYTES_MAX = 1 << 20;
  private static final int SIGNATURES_MAX = 100;

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /// Reads a note; no signature is checked yet.
  public static SignedNote parse(byte[] bytes) throws NoteException {
    if (bytes.length > BYTES_MAX) {
      throw new NoteException("a note of " + bytes.length + " bytes is too long");
    }
    String note = utf8(bytes);
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n") || split + 2 >= note.length()) {
      throw new NoteException("a note is a text, an empty line and signature lines");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
      signatures.add(NoteSignature.parse(line));
    }
    if (signatures.size() > SIGNATURES_MAX) {
      throw new NoteException("a note with " + signatures.size() + " signatures has too many");
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  public byte[] encode() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()).append('\n'));
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Checks the signatures of the given keys; those of other keys are ignored.
  ///
  /// @return the keys that have signed
  /// @throws NoteException when one of the given keys has a signature that does not verify, or when
  ///   none has signed
  public List<VerifierKey> verify(List<VerifierKey> keys) throws NoteException {
    List<VerifierKey> signers = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (VerifierKey key : keys) {
        if (key.name().equals(signature.name()) && key.keyId() == signature.keyId()) {
          key.verify(text, signature);
          signers.add(key);
        }
      }
    }
    if (signers.isEmpty()) {
      throw new NoteException("no signature is by a known key");
    }
    return signers;
  }

  public SignedNote with(List<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    all.addAll(more);
    return new SignedNote(text, all);
  }

  static String utf8(byte[] bytes) throws NoteException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new NoteException("not UTF-8");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new NoteException("a control character in a note");
    }
    return text;
  }
}
