// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.folder.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {
  @TempDir Path folder;

  @Test
  void aNewFolderIsItsOwnersAlone() throws IOException {
    Path made = folder.resolve("deep/data");
    try (TestServer server = TestServer.open(made)) {
      assertThat(server.folder()).isEqualTo(made);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void theFirstStartGivesATokenAndTheNextDoesNot() throws IOException {
    String token;
    try (TestServer first = TestServer.open(folder)) {
      token = first.token();
      assertThat(first.steward().firstToken()).hasValue(token);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("admin-token"))))
          .isEqualTo("rw-------");
      first.apply(Yaml.fleet());
    }
    try (TestServer second = TestServer.open(folder)) {
      assertThat(second.steward().firstToken()).isEmpty();
      assertThat(second.token()).isEqualTo(token);
      assertThat(second.json("/api/v1/agents").get("items")).hasSize(2);
    }
  }

  @Test
  void aFileInPlaceOfTheDataFolderIsNamedAsOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "of somebody");

    assertThatThrownBy(() -> new DataFolder(file).lock())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(file + " is a file; name a folder with --data");
    assertThat(file).hasContent("of somebody");
  }

  @ParameterizedTest
  @CsvSource({"http.port, --port", "otlp.http-port, --otlp-http", "otlp.grpc-port, --otlp-grpc"})
  void aPortInUseIsNamedWithTheOptionThatChangesIt(String key, String option) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> start(Map.of(key, port)))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining(option);
    }
    start(Map.of()).close();
  }

  @Test
  void aSecondServerOnTheFolderIsRefused() {
    try (TestServer first = TestServer.open(folder)) {
      assertThat(first.token()).isNotBlank();
      assertThatThrownBy(() -> start(Map.of()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("in use by another server")
          .hasMessageContaining("--data");
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertThatThrownBy(() ->
            Steward.open(
                TestServer.config(file.resolve("data"), Map.of()), Clock.systemUTC(), reason -> {}))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLedgerThatWasTakenAwayIsNeverBegunAnew(boolean emptied) throws IOException {
    TestServer.open(folder).close();
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(folder.resolve("ledger/control.db" + suffix));
    }
    if (emptied) {
      Files.createFile(folder.resolve("ledger/control.db"));
    }

    assertThatThrownBy(() -> start(Map.of()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("control.db")
        .hasMessageContaining("gone or empty");
  }

  @Test
  void aBrokenLedgerStopsTheStart() throws Exception {
    try (TestServer server = TestServer.open(folder)) {
      server.apply(Yaml.fleet());
    }
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger/control.db"));
        Statement statement = database.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "update tiles set hashes = zeroblob(length(hashes)) where level = 0"))
          .isPositive();
    }

    assertThatThrownBy(() -> start(Map.of()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is broken")
        .hasMessageContaining("steward verify");
  }

  @Test
  void aLedgerOfANewerVersionStopsTheStart() throws Exception {
    start(Map.of()).close();
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger/control.db"));
        Statement statement = database.createStatement()) {
      statement.execute("pragma user_version = 999");
    }

    assertThatThrownBy(() -> start(Map.of()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("newer");
  }

  private Steward start(Map<String, String> settings) {
    return Steward.open(TestServer.config(folder, settings), Clock.systemUTC(), reason -> {});
  }
}
