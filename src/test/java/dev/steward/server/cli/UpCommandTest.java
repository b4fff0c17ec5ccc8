// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `steward up` as a process of its own.
class UpCommandTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void itSaysWhenItIsReadyAndStopsCleanlyOnSigterm() throws Exception {
    Process server = up("--data", data());
    String ready = line(server.inputReader());
    assertThat(ready).matches("ready http://127\\.0\\.0\\.1:\\d+");
    String token = Files.readString(folder.resolve("data/admin-token")).strip();

    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest me =
          HttpRequest.newBuilder(URI.create(ready.substring("ready ".length()) + "/api/v1/me"))
              .header("Authorization", "Bearer " + token)
              .build();
      assertThat(client.send(me, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
    server.toHandle().destroy();

    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
    assertThat(errors())
        .contains("admin token: " + token)
        .containsPattern("(?s)steward: stopping: .*\\Rsteward: stopped after \\d+ ms");
    assertThat(server.inputReader().readLine()).isNull();
  }

  @Test
  void aSecondServerOnTheFolderSaysSoAndEndsWithOne() throws Exception {
    Process first = up("--data", data());
    assertThat(line(first.inputReader())).startsWith("ready");

    Process second = up("--data", data());

    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(errors()).contains("steward: the data folder").contains("in use by another server");
  }

  @Test
  void anOpenBindIsWrongUseAndEndsWithTwo() throws Exception {
    Process refused = up("--data", data(), "--bind", "0.0.0.0");

    assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(2);
    assertThat(errors()).contains("--insecure-bind");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Process up(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.steward.server.Main",
            "up",
            "--port=0",
            "--otlp-http=0",
            "--otlp-grpc=0"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.txt").toFile()))
            .start();
    started.add(process);
    return process;
  }

  private String line(BufferedReader reader) throws IOException {
    String line = reader.readLine();
    if (line == null) {
      throw new AssertionError("no line: " + errors());
    }
    return line;
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors.txt"));
  }
}
