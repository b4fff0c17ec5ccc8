// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TreeProofsPropertyTest {
  @Property(tries = 200)
  void everyEntryIsIncludedAndNothingElse(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 0, max = 299) int at,
      @ForAll @IntRange(min = 0, max = 1000) int where) {
    List<byte[]> leaves = leaves(size);
    int index = at % size;
    Digest root = RfcVectors.rootDigest(leaves);
    InclusionProof proof = new TreeProofs(RfcVectors.nodes(leaves)).inclusion(index, size);
    byte[] leaf = MerkleHash.leaf(leaves.get(index));

    assertThat(ProofCheck.includes(proof, leaf, root)).isTrue();
    assertThat(ProofCheck.includes(proof, MerkleHash.leaf(new byte[] {1}), root)).isFalse();
    assertThat(ProofCheck.includes(proof, leaf, RfcVectors.flipped(root, where))).isFalse();
    for (List<Digest> path : wrong(proof.path(), where)) {
      InclusionProof forged = new InclusionProof(index, size, path);
      assertThat(ProofCheck.includes(forged, leaf, root)).isFalse();
    }
    if (size > 1) {
      int other = (index + 1 + where % (size - 1)) % size;
      InclusionProof moved = new InclusionProof(other, size, proof.path());
      assertThat(ProofCheck.includes(moved, leaf, root)).isFalse();
    }
  }

  @Property(tries = 200)
  void everyEarlierTreeIsConsistentAndNothingElse(
      @ForAll @IntRange(min = 1, max = 300) int to,
      @ForAll @IntRange(min = 0, max = 300) int earlier,
      @ForAll @IntRange(min = 0, max = 1000) int where) {
    List<byte[]> leaves = leaves(to);
    int from = earlier % (to + 1);
    Digest oldRoot = RfcVectors.rootDigest(leaves.subList(0, from));
    Digest newRoot = RfcVectors.rootDigest(leaves);
    ConsistencyProof proof = new TreeProofs(RfcVectors.nodes(leaves)).consistency(from, to);

    assertThat(ProofCheck.isConsistent(proof, oldRoot, newRoot)).isTrue();
    assertThat(ProofCheck.isConsistent(proof, RfcVectors.flipped(oldRoot, where), newRoot))
        .isFalse();
    if (from > 0) {
      assertThat(ProofCheck.isConsistent(proof, oldRoot, RfcVectors.flipped(newRoot, where)))
          .isFalse();
    }
    for (List<Digest> path : wrong(proof.path(), where)) {
      ConsistencyProof forged = new ConsistencyProof(from, to, path);
      assertThat(ProofCheck.isConsistent(forged, oldRoot, newRoot)).isFalse();
    }
  }

  @Property(tries = 100)
  void aCompactRangeContinuesAnyTree(
      @ForAll @IntRange(min = 0, max = 300) int first,
      @ForAll @IntRange(min = 0, max = 50) int more) {
    List<byte[]> leaves = leaves(first + more);
    CompactRange range = CompactRange.of(first, RfcVectors.nodes(leaves));
    leaves
        .subList(first, first + more)
        .forEach(leaf -> range.append(MerkleHash.leaf(leaf), (_, _, _) -> {}));

    assertThat(range.size()).isEqualTo(first + more);
    assertThat(range.root()).isEqualTo(RfcVectors.rootDigest(leaves));
  }

  /// Paths that prove nothing: a hash changed, one left out, one added.
  private static List<List<Digest>> wrong(List<Digest> path, int where) {
    List<Digest> longer = new ArrayList<>(path);
    longer.add(Digest.of("one more"));
    if (path.isEmpty()) {
      return List.of(longer);
    }
    int at = where % path.size();
    List<Digest> changed = new ArrayList<>(path);
    changed.set(at, RfcVectors.flipped(path.get(at), where));
    List<Digest> shorter = new ArrayList<>(path);
    shorter.remove(at);
    return List.of(longer, changed, shorter);
  }

  private static List<byte[]> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ByteBuffer.allocate(4).putInt(i).array())
        .toList();
  }
}
