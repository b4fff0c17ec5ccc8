// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import static dev.steward.ledger.LedgerFolder.SIGN_SELDOM;
import static dev.steward.ledger.LedgerFolder.entries;
import static dev.steward.ledger.LedgerFolder.entryWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerFolder;
import dev.steward.ledger.storage.BrokenLedgerException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A log with 300 entries under its last checkpoint and 300 behind it, as a killed server leaves.
class StartCheckTest {
  @TempDir private Path path;
  private LedgerFolder folder;

  @BeforeEach
  void leaveAnUnsignedTail() throws Exception {
    folder = new LedgerFolder(path);
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      ledger.append(entries(0, 300));
    }
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      ledger.append(entryWith("a body"));
      ledger.append(entries(301, 299));
    }
    folder.tamper("delete from checkpoints where size > 300");
  }

  @Test
  void anUnsignedTailIsTakenUpAndSigned() {
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      assertThat(ledger.size()).isEqualTo(600);
    }
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      assertThat(ledger.checkpoint().size()).isEqualTo(600);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update entries set data = x'00' where entry_index = 599 | entry 599: its bytes",
        "update entries set data = x'00' where entry_index = 300 | entry 300: its bytes",
        "delete from entries where entry_index = 450 | entry 450 is missing",
        "delete from blobs | entry 300: its body",
        "update blobs set bytes = x'00' | entry 300: its body",
        "update entries set bodies = x'00' where entry_index = 300 | entry 300: its list",
        "delete from tiles where level = 0 and tile_index = 2 | tile 2 of level 0 is missing",
        "delete from tiles where level = 1 | tile 0 of level 1 is missing",
        "update tiles set hashes = substr(hashes, 1, 64) where tile_index = 1 | cut off",
        "update tiles set hashes = zeroblob(64) where level = 1 | checkpoint of size 300",
        "update tiles set hashes = zeroblob(8192) where tile_index = 1 | checkpoint of size 300",
        "update checkpoints set note = x'00' where size = 300 | the checkpoint of size 300",
        "delete from entries where entry_index >= 200 | entry 200 is missing",
        "delete from checkpoints | no checkpoint"
      })
  void aBrokenLogDoesNotStartAndSaysWhy(String tampering, String what) throws Exception {
    folder.tamper(tampering);

    assertThatThrownBy(() -> folder.open(SIGN_SELDOM))
        .isInstanceOf(BrokenLedgerException.class)
        .hasMessageContaining(folder.file().toString())
        .hasMessageContaining(what)
        .hasMessageContaining("steward restore");
    assertThatThrownBy(() -> folder.open(SIGN_SELDOM))
        .as("it was not repaired by the attempt")
        .isInstanceOf(BrokenLedgerException.class);
  }

  @Test
  void aLogOfAnotherKeyDoesNotStart() {
    LedgerFolder stranger = new LedgerFolder(path.resolve("other")).in(folder.file());

    assertThatThrownBy(() -> stranger.open(SIGN_SELDOM))
        .isInstanceOf(BrokenLedgerException.class)
        .hasMessageContaining("known key");
  }
}
