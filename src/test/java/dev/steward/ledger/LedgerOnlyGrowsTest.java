// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The invariant LedgerOnlyGrows, over whatever is appended and however often the ledger is opened;
/// `ToolSimulationTest` asks for it at every restart.
class LedgerOnlyGrowsTest {
  private static final int STEPS = 60;

  @TempDir private Path path;
  private LedgerFolder folder;

  @BeforeEach
  void open() {
    folder = new LedgerFolder(path);
  }

  @Test
  void whatWasAppendedStaysWhereItIs() {
    Random random = new Random(7);
    Growth growth = new Growth();
    Ledger ledger = folder.open(LedgerFolder.SIGN_AT_ONCE);
    try {
      int next = 0;
      for (int step = 0; step < STEPS; step++) {
        int count = 1 + random.nextInt(40);
        ledger.append(LedgerFolder.entries(next, count));
        next += count;
        growth.look(ledger);
        if (random.nextInt(5) == 0) {
          ledger.close();
          ledger = folder.open(LedgerFolder.SIGN_AT_ONCE);
          growth.look(ledger);
        }
      }
    } finally {
      ledger.close();
    }
  }

  @Test
  void anEntryThatIsAnotherOneOrGoneIsSeen() throws SQLException {
    Growth growth = new Growth();
    try (Ledger ledger = folder.open(LedgerFolder.SIGN_AT_ONCE)) {
      ledger.append(LedgerFolder.entries(0, 9));
      growth.look(ledger);
      folder.tamper("update entries set data = 'other' where entry_index = 4");
      assertThatThrownBy(() -> growth.look(ledger)).hasMessageContaining("LedgerOnlyGrows");
    }
  }

  @Test
  void anotherLedgerInItsPlaceIsSeen(@TempDir Path other) {
    Growth growth = new Growth();
    try (Ledger ledger = folder.open(LedgerFolder.SIGN_AT_ONCE)) {
      ledger.append(LedgerFolder.entries(0, 9));
      growth.look(ledger);
    }
    try (Ledger ledger = new LedgerFolder(other).open(LedgerFolder.SIGN_AT_ONCE)) {
      ledger.append(LedgerFolder.entries(0, 8));
      assertThatThrownBy(() -> growth.look(ledger)).hasMessageContaining("LedgerOnlyGrows");
    }
  }
}
