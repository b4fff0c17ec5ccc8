// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import static dev.steward.ledger.LedgerFolder.SIGN_AT_ONCE;
import static dev.steward.ledger.LedgerFolder.entries;
import static dev.steward.ledger.LedgerFolder.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.merkle.ProofCheck;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.tile.EntryBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerProofsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path path;
  private final HandClock clock = new HandClock();
  private LedgerFolder folder;
  private Ledger ledger;

  @BeforeEach
  void open() {
    folder = new LedgerFolder(path);
    ledger = folder.open(SIGN_AT_ONCE, clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void theFirstCheckpointIsThatOfTheEmptyLog() throws NoteException {
    Checkpoint checkpoint = ledger.checkpoint();

    assertThat(checkpoint.size()).isZero();
    assertThat(checkpoint.root()).isEqualTo(Digest.of(""));
    assertThat(checkpoint.origin()).isEqualTo("steward.local/log/control");
    assertThat(checkpoint.note().verify(folder.keys().log())).hasSize(1);
  }

  @Test
  void everyEntryIsProvedUnderEveryCheckpointAndTheyExtendEachOther() throws Exception {
    List<Checkpoint> checkpoints = new ArrayList<>();
    checkpoints.add(ledger.checkpoint());
    for (int size : new int[] {1, 5, 255, 256, 257, 600}) {
      ledger.append(entries((int) ledger.size(), size - (int) ledger.size()));
      checkpoints.add(ledger.awaitCheckpoint(size, DEADLINE).orElseThrow());
    }
    for (Checkpoint later : checkpoints) {
      for (long index = 0; index < later.size(); index += 13) {
        assertThat(
                ProofCheck.includes(
                    ledger.inclusionProof(index, later.size()),
                    MerkleHash.leaf(entry((int) index).data()),
                    later.root()))
            .isTrue();
      }
      for (Checkpoint earlier : checkpoints.subList(0, checkpoints.indexOf(later) + 1)) {
        assertThat(
                ProofCheck.isConsistent(
                    ledger.consistencyProof(earlier.size(), later.size()),
                    earlier.root(),
                    later.root()))
            .isTrue();
      }
    }
    assertThatThrownBy(() -> ledger.inclusionProof(600, 601))
        .satisfies(LedgerTest.code(ErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> ledger.consistencyProof(5, 601))
        .satisfies(LedgerTest.code(ErrorCode.NOT_FOUND));
  }

  @Test
  void tilesAndBundlesAreServedInEveryWidthThereIs() {
    ledger.append(entries(0, 300));

    assertThat(ledger.tile(0, 0, 256)).hasSize(8192);
    assertThat(ledger.tile(0, 0, 3)).startsWith(MerkleHash.leaf(entry(0).data())).hasSize(96);
    assertThat(ledger.tile(0, 1, 44)).endsWith(MerkleHash.leaf(entry(299).data()));
    assertThat(ledger.tile(1, 0, 1)).hasSize(32);
    assertThat(EntryBundle.decode(ledger.entryBundle(1, 44)).getLast())
        .isEqualTo(entry(299).data());
    assertThat(EntryBundle.decode(ledger.entryBundle(0, 256))).hasSize(256);
    assertThatThrownBy(() -> ledger.tile(0, 1, 45)).satisfies(LedgerTest.code(ErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> ledger.tile(1, 0, 2)).satisfies(LedgerTest.code(ErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> ledger.entryBundle(2, 1))
        .satisfies(LedgerTest.code(ErrorCode.NOT_FOUND));
  }

  @Test
  void aProofFileIsCheckedWithTheEntryAndThePublicKeyAlone() throws Exception {
    ledger.append(entries(0, 300));
    byte[] file = ledger.tlogProof(123).encode();
    TlogProof proof = TlogProof.parse(file);
    byte[] data = entry(123).data();
    KnownKeys others = new LedgerFolder(path.resolve("other")).keys();

    assertThat(new String(file, StandardCharsets.UTF_8))
        .startsWith("c2sp.org/tlog-proof@v1\nindex 123\n");
    assertThat(proof.encode()).isEqualTo(file);
    proof.verify(data, folder.keys());
    assertThatThrownBy(() -> proof.verify(entry(124).data(), folder.keys()))
        .hasMessageContaining("not at index 123");
    assertThatThrownBy(() -> proof.verify(data, others)).isInstanceOf(NoteException.class);
    for (int at = 0; at < file.length; at++) {
      byte[] changed = file.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> TlogProof.parse(changed).verify(data, folder.keys()))
          .as("byte " + at)
          .isInstanceOf(NoteException.class);
    }
  }

  @Test
  void aProofFileMayHaveAnExtraLine() throws Exception {
    ledger.append(entries(0, 3));
    String file = new String(ledger.tlogProof(1).encode(), StandardCharsets.UTF_8);
    String extra = file.replaceFirst("\n", "\nextra AAAA\n");

    TlogProof.parse(extra.getBytes(StandardCharsets.UTF_8)).verify(entry(1).data(), folder.keys());
    assertThatThrownBy(() -> ledger.tlogProof(3)).satisfies(LedgerTest.code(ErrorCode.NOT_FOUND));
  }

  @Test
  void checkpointsKeepTheirDistanceInTime() throws Exception {
    ledger.close();
    LedgerConfig everySecond = new LedgerConfig(16, 1 << 20, 16, 1 << 20, Duration.ofSeconds(1));
    try (Ledger slow = folder.open(everySecond, clock)) {
      slow.append(entry(0));
      long first = slow.awaitCheckpoint(1, DEADLINE).orElseThrow().size();
      slow.append(entry(1));
      slow.append(entry(2));
      assertThat(slow.checkpoint().size()).isEqualTo(first);
      clock.advance(Duration.ofSeconds(1));
      assertThat(slow.awaitCheckpoint(3, DEADLINE).orElseThrow().size()).isEqualTo(3);
    }
  }

  @Test
  void whoeverIsAboutToLeaveDoesNotWaitForTheNextCheckpoint() throws Exception {
    ledger.close();
    LedgerConfig hourly = new LedgerConfig(16, 1 << 20, 16, 1 << 20, Duration.ofHours(1));
    try (Ledger slow = folder.open(hourly, clock)) {
      slow.append(entry(0));
      slow.append(entry(1));
      slow.hurryCheckpoint();
      assertThat(slow.awaitCheckpoint(2, DEADLINE).orElseThrow().size()).isEqualTo(2);
    }
  }
}
