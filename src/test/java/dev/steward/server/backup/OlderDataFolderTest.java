// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Data folders that earlier versions wrote, kept as they were: each must open.
class OlderDataFolderTest {
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";

  @TempDir Path folder;

  @Test
  void theFirstSchemaOpensWithItsRunsRegistryAndLedger() throws IOException {
    unpack("/fixtures/data-folder-1.zip", folder);

    try (TestServer server = TestServer.open(folder)) {
      JsonNode run = server.json("/api/v1/runs/" + TRACE);
      assertThat(run.path("agent").asString()).isEqualTo("refunds");
      assertThat(run.path("outcome").asString()).isEqualTo("success");
      assertThat(run.path("cost").path("amount").asString()).isEqualTo("0.00321625");
      assertThat(run.path("spans")).hasSize(4);
      assertThat(server.json("/api/v1/runs").path("items")).hasSize(2);
      assertThat(server.json("/api/v1/agents?tool=payments/refund").path("items")).hasSize(1);
      assertThat(server.json("/api/v1/holds").path("items")).hasSize(1);
      assertThat(server.json("/api/v1/ingest").path("accepted").asLong()).isEqualTo(8);
    }
    Terminal terminal = new Terminal();
    assertThat(terminal.run("verify", "--data", folder.toString())).as(terminal.said()).isZero();
  }

  private static void unpack(String fixture, Path into) throws IOException {
    try (InputStream file =
            Objects.requireNonNull(OlderDataFolderTest.class.getResourceAsStream(fixture));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
      }
    }
  }
}
