// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import static dev.steward.ledger.LedgerFolder.SIGN_AT_ONCE;
import static dev.steward.ledger.LedgerFolder.SIGN_SELDOM;
import static dev.steward.ledger.LedgerFolder.entries;
import static dev.steward.ledger.LedgerFolder.entryWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerFolder;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.tile.Tile;
import dev.steward.ledger.verify.VerifyResult.Broken;
import dev.steward.ledger.verify.VerifyResult.Verified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerVerifierTest {
  @TempDir private Path path;
  private LedgerFolder folder;

  @BeforeEach
  void writeALedger() {
    folder = new LedgerFolder(path);
    try (Ledger ledger = folder.open(SIGN_AT_ONCE)) {
      ledger.append(entries(0, 200));
      ledger.append(entryWith("a prompt"));
      ledger.append(entries(201, 400));
    }
  }

  @Test
  void aWholeLedgerVerifies() {
    assertThat(folder.verify())
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              assertThat(verified.size()).isEqualTo(601);
              assertThat(verified.signedSize()).isEqualTo(601);
              assertThat(verified.checkpoints()).isBetween(2L, 4L);
              assertThat(verified.blobs()).isEqualTo(1);
            });
  }

  @Test
  void anEmptyLedgerVerifies() {
    LedgerFolder empty = new LedgerFolder(path.resolve("empty"));
    empty.open(SIGN_SELDOM).close();

    assertThat(empty.verify()).isEqualTo(new Verified(0, 0, Digest.of(""), 1, 0));
  }

  @Test
  void aRunningServerIsNotInTheWay() {
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      ledger.append(entries(601, 300));

      assertThat(folder.verify())
          .isInstanceOfSatisfying(
              Verified.class,
              verified -> {
                assertThat(verified.size()).isEqualTo(901);
                assertThat(verified.signedSize()).isIn(601L, 901L);
              });
    }
  }

  @Test
  void theFirstOfSeveralBadEntriesIsNamed() throws Exception {
    folder.tamper(
        "update entries set data = 'other' where entry_index = 500",
        "update entries set data = 'other' where entry_index = 123",
        "delete from entries where entry_index = 300");

    assertBroken(123, "bytes do not have the hash");
  }

  @Test
  void aMissingEntryIsNamed() throws Exception {
    folder.tamper("delete from entries where entry_index = 300");

    assertBroken(300, "is missing");
  }

  @Test
  void aSwapIsNamedByTheFirstOfTheTwo() throws Exception {
    folder.tamper(
        "update entries set entry_index = -1 where entry_index = 7",
        "update entries set entry_index = 7 where entry_index = 400",
        "update entries set entry_index = 400 where entry_index = -1");

    assertBroken(7, "bytes do not have the hash");
  }

  @Test
  void entriesCutOffUnderTheirCheckpointAreMissed() throws Exception {
    folder.tamper("delete from entries where entry_index >= 590");

    assertThat(folder.verify()).isInstanceOf(Broken.class);
    assertThatThrownBy(() -> folder.open(SIGN_SELDOM)).hasMessageContaining("entry 590 is missing");
  }

  @Test
  void anEntryAddedBehindTheWritersBackIsCaught() throws Exception {
    folder.tamper("insert into entries (entry_index, bodies, data) values (601, x'', x'00')");

    assertThat(folder.verify()).isInstanceOf(Broken.class);
    assertThatThrownBy(() -> folder.open(SIGN_SELDOM)).hasMessageContaining("is broken");
  }

  @Test
  void anEntryChangedTogetherWithItsTileIsCaughtByTheHashAbove() throws Exception {
    rewrite(210);

    assertBroken(-1, "entries 0 to 255");
  }

  @Test
  void anEntryChangedTogetherWithItsTileIsCaughtByTheCheckpoint() throws Exception {
    rewrite(600);

    assertBroken(-1, "not those that the checkpoint of size 601 was signed over");
  }

  @Test
  void aBodyThatIsGoneIsMissedByItsEntry() throws Exception {
    folder.tamper("delete from blobs");

    assertBroken(200, "is missing");
  }

  @Test
  void aBodyThatNoEntryListsIsCaught() throws Exception {
    folder.tamper("update entries set bodies = x'' where entry_index = 200");

    assertBroken(-1, "does not list it");
  }

  @Test
  void aBodyGoneWithItsListIsMissedByOneWhoReadsEntries() throws Exception {
    folder.tamper("update entries set bodies = x'' where entry_index = 200", "delete from blobs");
    byte[] naming = entryWith("a prompt").data();
    BodyNames names =
        data -> Arrays.equals(data, naming) ? Set.of(Digest.of("a prompt")) : Set.of();

    assertThat(folder.verify()).as("without reading entries").isInstanceOf(Verified.class);
    assertThat(folder.verify(names))
        .isInstanceOfSatisfying(Broken.class, found -> assertThat(found.index()).isEqualTo(200));
  }

  @Test
  void aLogWithoutCheckpointsIsBroken() throws Exception {
    folder.tamper("delete from checkpoints");

    assertBroken(-1, "no checkpoint");
  }

  @Test
  void anotherKeysCheckpointIsCaught() {
    LedgerFolder stranger = new LedgerFolder(path.resolve("other"));
    VerifyResult result = stranger.in(folder.file()).verify();

    assertThat(result)
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.what()).contains("known key"));
  }

  /// Changes an entry and its leaf hash, as somebody would who knows the format.
  private void rewrite(int index) throws Exception {
    byte[] data = "forged".getBytes(StandardCharsets.UTF_8);
    try (Connection connection = folder.connect();
        PreparedStatement entries =
            connection.prepareStatement("update entries set data = ? where entry_index = ?");
        PreparedStatement read =
            connection.prepareStatement(
                "select hashes from tiles where level = 0 and tile_index = ?");
        PreparedStatement write =
            connection.prepareStatement(
                "update tiles set hashes = ? where level = 0 and tile_index = ?")) {
      entries.setBytes(1, data);
      entries.setInt(2, index);
      entries.executeUpdate();
      read.setInt(1, index / Tile.WIDTH);
      byte[] hashes = read.executeQuery().getBytes(1);
      System.arraycopy(MerkleHash.leaf(data), 0, hashes, index % Tile.WIDTH * 32, 32);
      write.setBytes(1, hashes);
      write.setInt(2, index / Tile.WIDTH);
      write.executeUpdate();
    }
  }

  private void assertBroken(long index, String what) {
    assertThat(folder.verify())
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.index()).isEqualTo(index);
              assertThat(broken.what()).contains(what);
              assertThat(broken.remedy()).contains("backup");
            });
  }
}
