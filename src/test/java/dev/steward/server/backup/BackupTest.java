// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A backup of a server at work, and the server that comes of it.
class BackupTest {
  private static final int RUNS_BEFORE = 40;

  @TempDir Path folder;

  @Test
  void aBackupUnderLoadRestoresToTheSameRunsAndTheSameLedger() throws Exception {
    Path copy = folder.resolve("backup");
    List<String> runs;
    JsonNode entries;
    try (TestServer server = TestServer.open(folder.resolve("data"))) {
      server.post(
          "/api/v1/apply",
          "application/yaml",
          Files.readString(Path.of("docs/examples/refunds.yaml")));
      for (int run = 0; run < RUNS_BEFORE; run++) {
        send(server, run);
      }
      server.await(
          "the runs are loaded", () -> count(server, "loaded") == count(server, "accepted"));
      runs = runs(server, "to=2027-01-01T00:00:00Z");
      entries = server.json("/api/v1/ledger/control/entries");
      backUpUnderLoad(server, copy);
    }

    List<Long> left = new ArrayList<>();
    new Restore(copy).into(folder.resolve("restored"), (done, of) -> left.add(of - done));
    assertThat(left).hasSizeGreaterThan(1).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(left.getLast()).isZero();
    assertThat(Files.getPosixFilePermissions(folder.resolve("restored")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (TestServer restored = TestServer.open(folder.resolve("restored"))) {
      restored.await(
          "the journal's rest is loaded",
          () -> count(restored, "loaded") == count(restored, "accepted"));
      assertThat(runs(restored, "to=2027-01-01T00:00:00Z")).containsAll(runs);
      assertThat(restored.json("/api/v1/ledger/control/entries")).isEqualTo(entries);
    }
    Terminal terminal = new Terminal();
    assertThat(terminal.run("verify", "--data", folder.resolve("restored").toString()))
        .as(terminal.said())
        .isZero();
  }

  @Test
  void whoWasGivenWhichArmOfACanaryKeepsItInWhatIsRestored() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("arms.txt"), "3fe0+\n");
    Files.writeString(data.resolve("arms.txt.old"), "3fd0-\n");
    Files.writeString(data.resolve("callers.txt"), "3fe1=\n");
    Files.writeString(data.resolve("answering-models.jsonl"), "[1]\n");
    Files.writeString(data.resolve("agent-tasks.jsonl"), "[2]\n");
    Files.writeString(data.resolve("chains.jsonl"), "[3]\n");
    Path copy = folder.resolve("backup");
    try (TestServer server = TestServer.open(data)) {
      assertThat(server.postJson("/api/v1/backup", "{\"to\":\"%s\"}".formatted(copy)).statusCode())
          .isEqualTo(201);
    }
    new Restore(copy).into(folder.resolve("restored"));

    assertThat(folder.resolve("restored/arms.txt")).content().contains("3fe0+");
    assertThat(folder.resolve("restored/arms.txt.old")).content().contains("3fd0-");
    assertThat(folder.resolve("restored/callers.txt")).content().contains("3fe1=");
    assertThat(folder.resolve("restored/answering-models.jsonl")).content().contains("[1]");
    assertThat(folder.resolve("restored/agent-tasks.jsonl")).content().contains("[2]");
    assertThat(folder.resolve("restored/chains.jsonl")).content().contains("[3]");
  }

  @Test
  void aBackupNeverGoesIntoAFolderInUse() throws Exception {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.writeString(taken.resolve("something"), "of somebody");
    try (TestServer server = TestServer.open(folder.resolve("data"))) {
      HttpResponse<String> refused =
          server.postJson("/api/v1/backup", "{\"to\":\"%s\"}".formatted(taken));
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("is not empty");
    }
    assertThat(taken.resolve("something")).hasContent("of somebody");
  }

  @Test
  void aBackupNeverGoesIntoTheFolderThatItIsOf() throws Exception {
    Path data = folder.resolve("data");
    try (TestServer server = TestServer.open(data)) {
      HttpResponse<String> refused =
          server.postJson("/api/v1/backup", "{\"to\":\"%s\"}".formatted(data.resolve("a/b")));
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("inside of the data folder");
    }
    assertThat(data.resolve("a")).doesNotExist();
  }

  @Test
  void aBackupOntoAFileIsAConflictThatNobodyRetries() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "of somebody");
    try (TestServer server = TestServer.open(folder.resolve("data"))) {
      for (Path target : List.of(file, file.resolve("below"))) {
        HttpResponse<String> refused =
            server.postJson("/api/v1/backup", "{\"to\":\"%s\"}".formatted(target));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body()).contains("is a file").contains("\"retryable\":false");
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
      }
    }
    assertThat(file).hasContent("of somebody");
  }

  @Test
  void whatIsNotAWholeBackupIsNotRestored() {
    assertThatThrownBy(() -> new Restore(folder).into(folder.resolve("data")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("backup.json");
  }

  private static void backUpUnderLoad(TestServer server, Path copy) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong sent = new AtomicLong(RUNS_BEFORE);
    Thread load =
        Thread.ofVirtual()
            .start(() -> {
              while (!done.get()) {
                send(server, sent.getAndIncrement());
              }
            });
    server.await("the load has begun", () -> sent.get() > RUNS_BEFORE + 5);
    assertThat(server.json("/api/v1/backup").path("underWay").asBoolean()).isFalse();
    FutureTask<HttpResponse<String>> answer =
        new FutureTask<>(
            () -> server.postJson("/api/v1/backup", "{\"to\":\"%s\"}".formatted(copy)));
    Thread.ofVirtual().start(answer);
    long written = 0;
    while (!answer.isDone()) {
      JsonNode progress = server.json("/api/v1/backup");
      if (progress.path("underWay").asBoolean()) {
        assertThat(progress.path("ofBytes").asLong()).isPositive();
        written = Math.max(written, progress.path("writtenBytes").asLong());
      }
    }
    done.set(true);
    load.join();
    assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
    assertThat(written).as("what was seen of it on the way").isPositive();
    assertThat(server.json("/api/v1/backup").path("underWay").asBoolean()).isFalse();
  }

  private static void send(TestServer server, long number) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(Otlp.run(number + 1, "refunds").toByteArray()))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static long count(TestServer server, String which) {
    return server.json("/api/v1/ingest").path(which).asLong();
  }

  private static List<String> runs(TestServer server, String filter) {
    JsonNode page = server.json("/api/v1/runs?limit=500&sort=started&order=asc&" + filter);
    return StreamSupport.stream(page.path("items").spliterator(), false)
        .map(JsonNode::toString)
        .toList();
  }
}
