// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerConfig;
import dev.steward.ledger.note.SigningKey;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.folder.DataFolder;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The activity log's checkpoints in the control ledger.
class AnchoringTest {
  @TempDir Path folder;

  @Test
  void whatGrewIsAnchoredOnceAndACutLogIsFoundOut() throws Exception {
    TestServer.open(folder).close();
    Path file = new DataFolder(folder).activityLedger();
    append(3);
    Path short3 = Files.copy(file, folder.resolve("activity-3.db"));
    append(2);

    TestServer.open(folder).close();
    assertThat(verify()).isZero();
    assertThat(said()).contains("anchors: all 2 of");
    assertThat(verify()).isZero();
    assertThat(said()).contains("anchors: all 2 of");

    for (String beside : new String[] {"-wal", "-shm"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + beside));
    }
    Files.copy(short3, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(verify()).isEqualTo(1);
    assertThat(said()).contains("activity: verified 4").contains("had 7 entries, it has 4");
  }

  @Test
  void aRunningServerAnchorsInItsTime() throws Exception {
    TestServer.open(folder).close();
    append(4);
    try (TestServer server = TestServer.open(folder, Map.of("ledger.anchor-every", "50ms"))) {
      server.await(
          "it is anchored",
          () -> server.json("/api/v1/ledger/control/entries").toString().contains("Anchored"));
    }
  }

  @Test
  void whatDidNotGrowIsNotAnchoredAgain() {
    try (TestServer server = TestServer.open(folder, Map.of("ledger.anchor-every", "10ms"))) {
      server.await(
          "its start is anchored",
          () -> server.json("/api/v1/ledger/control/entries").toString().contains("Anchored"));
    }

    assertThat(verify()).isZero();
    assertThat(said()).contains("anchors: all 1 of");
  }

  private void append(int entries) throws IOException, InterruptedException {
    DataFolder data = new DataFolder(folder);
    SqliteLedgerStore store = SqliteLedgerStore.open(data.activityLedger());
    SigningKey key =
        SigningKey.open(data.signingKey("activity"), "steward.local/activity", new SecureRandom());
    try (Ledger ledger = Ledger.open(store, key, Clock.systemUTC(), LedgerConfig.DEFAULT)) {
      for (int i = 0; i < entries; i++) {
        ledger.append(Entry.of(("intent " + i).getBytes(StandardCharsets.UTF_8)));
      }
      assertThat(ledger.awaitCheckpoint(ledger.size(), java.time.Duration.ofSeconds(30)))
          .isPresent();
    }
  }

  private final Terminal terminal = new Terminal();

  private int verify() {
    return terminal.run("verify", "--data", folder.toString());
  }

  private String said() {
    return terminal.said();
  }
}
