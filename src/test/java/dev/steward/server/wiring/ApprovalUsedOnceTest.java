// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.control.command.Command;
import dev.steward.domain.ApiException;
import dev.steward.server.folder.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The invariant ApprovalUsedOnce over kill -9: whatever a process had said is there after it was
/// killed, between asking and the answer, between the answer and the use, and after the use.
@Timeout(240)
class ApprovalUsedOnceTest {
  private static final int KILLS = 3;

  @TempDir private Path folder;

  private final Map<String, Status> said = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  @Test
  void whatWasSaidStaysAndIsUsedOnceAfterEachKill() throws Exception {
    Files.createDirectories(new DataFolder(folder.resolve("data")).keys());
    for (int kill = 1; kill <= KILLS; kill++) {
      killAfter(kill * 1_000, 20 + kill);
      try (Closing closing = new Closing()) {
        check(ApprovalProcess.open(folder.resolve("data"), closing));
      }
    }
    assertThat(used).hasSizeGreaterThan(10);
  }

  /// Kills it with no more warning after so many lines, which end in any of the three stages.
  private void killAfter(int first, int lines) throws Exception {
    Process process = start(first);
    try (BufferedReader reader = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        note(reader.readLine());
      }
      // By its handle: the process itself would close the stream with what was said last.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        note(line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void note(String line) {
    assertThat(line).as("see %s", folder.resolve("process.log")).isNotNull();
    String[] words = line.split(" ", 2);
    if (words.length < 2 || words[1].length() < "a-000000".length()) {
      return; // cut off by the kill
    }
    Status status =
        switch (words[0]) {
          case "asked" -> Status.PENDING;
          case "approved" -> Status.APPROVED;
          default -> Status.USED;
        };
    if (status == Status.USED) {
      assertThat(used.add(words[1])).as("%s is used once", words[1]).isTrue();
    }
    said.put(words[1], status);
  }

  private void check(Control control) {
    for (Map.Entry<String, Status> one : said.entrySet()) {
      Approval approval = control.state().approvals().find(one.getKey()).orElseThrow();
      // What came after the last word may be durable without having been said.
      assertThat(approval.status()).isGreaterThanOrEqualTo(one.getValue());
      if (approval.status() == Status.USED) {
        used.add(one.getKey());
        assertThatThrownBy(
                () -> control.submit(new Command.UseApproval(one.getKey()), Actor.agent("refunds")))
            .isInstanceOf(ApiException.class)
            .hasMessageContaining("used once");
      }
    }
  }

  private Process start(int first) throws IOException {
    Path scratch = Files.createDirectories(folder.resolve("tmp"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-Djava.io.tmpdir=" + scratch,
            "-cp",
            System.getProperty("java.class.path"),
            ApprovalProcess.class.getName(),
            folder.resolve("data").toString(),
            Integer.toString(first))
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("process.log").toFile()))
        .start();
  }
}
