// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.InclusionProof;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.merkle.ProofCheck;
import dev.steward.ledger.note.CanonicalBase64;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.note.SignedNote;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A `.tlog-proof` file: that one entry is in a log, checked with the entry, the log's public key
/// and nothing else.
public record TlogProof(long index, List<Digest> path, Checkpoint checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final int PATH_MAX = 63;

  public TlogProof {
    path = List.copyOf(path);
  }

  public byte[] encode() {
    StringBuilder text = new StringBuilder(HEADER).append("\nindex ").append(index).append('\n');
    path.forEach(hash -> text.append(CanonicalBase64.encode(hash.bytes())).append('\n'));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    file.writeBytes(checkpoint.encode());
    return file.toByteArray();
  }

  /// Reads a proof file; nothing is checked yet. An `extra` line is allowed and not kept.
  public static TlogProof parse(byte[] file) throws NoteException {
    String text = new String(file, StandardCharsets.UTF_8);
    int end = text.indexOf("\n\n");
    List<String> lines = end < 0 ? List.of() : text.substring(0, end).lines().toList();
    if (lines.size() < 2 || !lines.getFirst().equals(HEADER)) {
      throw new NoteException("not a file of " + HEADER);
    }
    int next = 1;
    if (lines.get(next).startsWith("extra ")) {
      CanonicalBase64.decode(lines.get(next).substring("extra ".length()));
      next++;
    }
    if (next >= lines.size() || !lines.get(next).startsWith("index ")) {
      throw new NoteException("a proof file without an index");
    }
    long index = index(lines.get(next).substring("index ".length()));
    List<Digest> path = new ArrayList<>();
    for (String line : lines.subList(next + 1, lines.size())) {
      byte[] hash = CanonicalBase64.decode(line);
      if (hash.length != MerkleHash.LENGTH || path.size() == PATH_MAX) {
        throw new NoteException("not a path of hashes in a proof file");
      }
      path.add(Digest.ofRaw(hash));
    }
    byte[] note = text.substring(end + 2).getBytes(StandardCharsets.UTF_8);
    return new TlogProof(index, path, Checkpoint.parse(note));
  }

  /// Throws unless the entry is at the index of the log that the keys are of.
  public void verify(byte[] entry, KnownKeys keys) throws NoteException {
    SignedNote note = checkpoint.note();
    String signer = note.verify(keys.log()).getFirst().name();
    if (!signer.equals(checkpoint.origin())) {
      throw new NoteException("a checkpoint of " + checkpoint.origin() + " signed by " + signer);
    }
    if (!keys.witnesses().isEmpty()) {
      note.verify(keys.witnesses());
    }
    InclusionProof proof = new InclusionProof(index, checkpoint.size(), path);
    if (!ProofCheck.includes(proof, MerkleHash.leaf(entry), checkpoint.root())) {
      throw new NoteException("the entry is not at index " + index + " of the log");
    }
  }

  private static long index(String decimal) throws NoteException {
    try {
      long index = Long.parseLong(decimal);
      if (index >= 0 && Long.toString(index).equals(decimal)) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw new NoteException("not an index: " + decimal);
    }
    throw new NoteException("not an index: " + decimal);
  }
}
