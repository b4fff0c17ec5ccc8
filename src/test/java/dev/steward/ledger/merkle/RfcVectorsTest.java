// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RfcVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void rootsAreThoseOfTheStandard(int size, String root) {
    CompactRange range = new CompactRange();
    RfcVectors.LEAVES
        .subList(0, size)
        .forEach(leaf -> range.append(MerkleHash.leaf(leaf), (_, _, _) -> {}));
    TreeProofs proofs = new TreeProofs(RfcVectors.nodes(RfcVectors.LEAVES));

    assertThat(range.root()).isEqualTo(new Digest(root));
    assertThat(proofs.root(size)).isEqualTo(new Digest(root));
    assertThat(range.copy().root()).isEqualTo(new Digest(root));
  }

  @Test
  void inclusionProofIsThatOfTheStandard() {
    List<byte[]> seven = RfcVectors.LEAVES.subList(0, 7);
    InclusionProof proof = new TreeProofs(RfcVectors.nodes(seven)).inclusion(5, 7);

    assertThat(proof.path().stream().map(hash -> hash.hex().substring(0, 16)))
        .containsExactly("bc1a0643b12e4d2d", "b08693ec2e721597", "d37ee418976dd957");
    assertThat(
            ProofCheck.includes(proof, MerkleHash.leaf(seven.get(5)), RfcVectors.rootDigest(seven)))
        .isTrue();
  }

  @Test
  void consistencyProofIsThatOfTheStandard() {
    List<byte[]> seven = RfcVectors.LEAVES.subList(0, 7);
    ConsistencyProof proof = new TreeProofs(RfcVectors.nodes(seven)).consistency(3, 7);

    assertThat(proof.path().stream().map(hash -> hash.hex().substring(0, 16)))
        .containsExactly(
            "0298d122906dcfc1", "07506a85fd9dd2f1", "fac54203e7cc696c", "837dbb152e9b0790");
    assertThat(
            ProofCheck.isConsistent(
                proof, RfcVectors.rootDigest(seven.subList(0, 3)), RfcVectors.rootDigest(seven)))
        .isTrue();
  }
}
