// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerFolder;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.verify.VerifyResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerStoreTest {
  @TempDir private Path path;
  private LedgerFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new LedgerFolder(path);
  }

  @Test
  void aFullDiskFailsAppendsAndNothingElseAndIsGotOver() {
    SqliteLedgerStore store = SqliteLedgerStore.open(folder.file());
    try (Ledger ledger =
        Ledger.open(store, folder.key(), InstantSource.system(), LedgerFolder.SIGN_SELDOM)) {
      ledger.append(LedgerFolder.entries(0, 300));
      store.limitPages(1);
      Entry large = Entry.of(new byte[60_000]);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> ledger.append(List.of(large, large)))
            .isInstanceOfSatisfying(
                ApiException.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORAGE_FAILED))
            .hasMessageContaining("disk is full");
      }
      assertThat(ledger.size()).isEqualTo(300);
      assertThat(ledger.entry(299)).isEqualTo(LedgerFolder.entry(299).data());
      store.limitPages(1 << 20);
      assertThat(ledger.append(LedgerFolder.entry(300)).index()).isEqualTo(300);
    }
    assertThat(folder.verify()).isInstanceOf(VerifyResult.Verified.class);
  }

  @Test
  void aSecondServerOnTheFolderIsRefused() {
    try (Ledger first = folder.open(LedgerFolder.SIGN_SELDOM)) {
      assertThatThrownBy(() -> folder.open(LedgerFolder.SIGN_SELDOM))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("another Steward has")
          .hasMessageContaining("--data");
      first.append(LedgerFolder.entry(0));
    }
    folder.open(LedgerFolder.SIGN_SELDOM).close();
  }

  @Test
  void everyCommitIsSynced() throws Exception {
    try (Connection connection = SqliteConnections.writer(folder.file());
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("pragma synchronous")) {
        assertThat(row.getInt(1)).as("FULL").isEqualTo(2);
      }
      try (ResultSet row = statement.executeQuery("pragma journal_mode")) {
        assertThat(row.getString(1)).isEqualTo("wal");
      }
    }
  }

  @Test
  void readersSeeOneMomentWhileTheWriterWrites() {
    try (Ledger ledger = folder.open(LedgerFolder.SIGN_SELDOM);
        SqliteLedgerStore reading = SqliteLedgerStore.openReadOnly(folder.file())) {
      ledger.append(LedgerFolder.entries(0, 10));
      try (LedgerView view = reading.view()) {
        ledger.append(LedgerFolder.entries(10, 10));
        assertThat(view.size()).isEqualTo(10);
        assertThat(view.entries(0, 100)).hasSize(10);
      }
      try (LedgerView view = reading.view()) {
        assertThat(view.size()).isEqualTo(20);
      }
      assertThatThrownBy(() -> reading.addCheckpoint(1, new byte[0]))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aFileOfANewerSchemaIsRefused() throws Exception {
    folder.open(LedgerFolder.SIGN_SELDOM).close();
    folder.tamper("pragma user_version = 99");

    assertThatThrownBy(() -> folder.open(LedgerFolder.SIGN_SELDOM))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("schema version 99");
    assertThatThrownBy(folder::verify).hasMessageContaining("schema version 99");
  }

  @Test
  void aFileThatIsNoDatabaseIsABrokenLedger() throws Exception {
    Files.writeString(folder.file(), "this is not a database, it is a letter. ".repeat(200));

    assertThatThrownBy(() -> folder.open(LedgerFolder.SIGN_SELDOM))
        .isInstanceOf(BrokenLedgerException.class)
        .hasMessageContaining("backup");
  }

  @Test
  void aFolderThatCannotBeIsAClearError() throws Exception {
    Path notAFolder = Files.writeString(path.resolve("file"), "");

    assertThatThrownBy(() -> SqliteLedgerStore.open(notAFolder.resolve("control.db")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("cannot be opened");
    assertThatThrownBy(() -> SqliteLedgerStore.openReadOnly(path.resolve("none.db")))
        .hasMessageContaining("there is no ledger file");
  }

  @Test
  void aFolderWithSignsInItsNameIsAFolder() throws Exception {
    LedgerFolder odd = new LedgerFolder(Files.createDirectory(path.resolve("a b?c#d%20é")));
    try (Ledger ledger = odd.open(LedgerFolder.SIGN_SELDOM)) {
      ledger.append(LedgerFolder.entry(0));
    }

    assertThat(odd.file()).exists();
    assertThat(odd.verify()).isInstanceOf(VerifyResult.Verified.class);
  }
}
