// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The check of one entry: its leaf hash is the one in the tile, it names its bodies, and they are
/// there unchanged.
public final class EntryCheck {
  private final LedgerView view;
  private final BodyNames names;

  public EntryCheck(LedgerView view, BodyNames names) {
    this.view = view;
    this.names = names;
  }

  /// What is wrong with the entry, empty when nothing is.
  public Optional<String> problem(StoredEntry entry, byte[] leafHash, byte[] tileHash) {
    if (!Arrays.equals(leafHash, tileHash)) {
      return Optional.of("its bytes do not have the hash that the tile of level 0 holds");
    }
    if (entry.bodies().length % MerkleHash.LENGTH != 0) {
      return Optional.of("its list of bodies is damaged");
    }
    List<Digest> bodies = bodies(entry);
    return bodies.stream()
        .map(body -> bodyProblem(entry, body))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> missing(entry, bodies));
  }

  /// The digests in the entry's list of bodies.
  public static List<Digest> bodies(StoredEntry entry) {
    List<Digest> bodies = new ArrayList<>();
    int end = entry.bodies().length - MerkleHash.LENGTH;
    for (int begin = 0; begin <= end; begin += MerkleHash.LENGTH) {
      bodies.add(
          Digest.ofRaw(Arrays.copyOfRange(entry.bodies(), begin, begin + MerkleHash.LENGTH)));
    }
    return bodies;
  }

  /// Whether the data contains the digest in lower-case hex.
  public static boolean names(byte[] data, Digest body) {
    return new String(data, StandardCharsets.ISO_8859_1).contains(body.hex());
  }

  private Optional<String> bodyProblem(StoredEntry entry, Digest body) {
    if (!names(entry.data(), body)) {
      return Optional.of("the body " + body + " is listed for it, but its data does not name it");
    }
    Optional<StoredBlob> blob = view.blob(body);
    if (blob.isEmpty()) {
      return Optional.of("its body " + body + " is missing");
    }
    if (blob.get().entry() > entry.index()) {
      return Optional.of("its body " + body + " is kept as that of a later entry");
    }
    boolean readBefore = blob.get().entry() != entry.index();
    if (!readBefore && !Digest.of(blob.get().bytes()).equals(body)) {
      return Optional.of("its body " + body + " has other bytes than its digest says");
    }
    return Optional.empty();
  }

  private Optional<String> missing(StoredEntry entry, List<Digest> bodies) {
    return names.namedBy(entry.data()).stream()
        .filter(body -> !bodies.contains(body) && view.blob(body).isEmpty())
        .map(body -> "the body " + body + " that its data names is missing")
        .sorted()
        .findFirst();
  }
}
