// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.assurance.bundle.Bundle;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.client.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The story of an incident is checked where nothing of its server is at hand.
class IncidentBundleTest {
  private static final String KEYS = "control/keys";

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private Path file = Path.of("");
  private byte[] known = {};

  @BeforeEach
  void giveOut() throws Exception {
    file = folder.resolve("incident.zip");
    try (TestServer server = TestServer.open(folder.resolve("data"), Map.of())) {
      server.apply(Yaml.fleet());
      String id = opened(server);
      server.ask(
          "/api/v1/kills", "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"money goes out\"}");
      giveOut(server, id, file);
      assertThat(server.json("/api/v1/incidents/" + id + "/timeline").toString())
          .contains("report with its proofs given out: Refunds twice", "manifest ");
      known = Objects.requireNonNull(Bundle.read(Files.readAllBytes(file)).files().get(KEYS));
    }
  }

  @Test
  void itIsVerifiedWithoutTheServer() throws Exception {
    assertThat(verify()).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said())
        .contains("verified incident ", "entries of the ledger ", "which anybody could have made");
    SortedMap<String, byte[]> files = Bundle.read(Files.readAllBytes(file)).files();
    assertThat(new String(files.get("report.md"), StandardCharsets.UTF_8))
        .startsWith("# Incident report: Refunds twice")
        .contains("killed: agent refunds");
    assertThat(files.keySet().stream().filter(name -> name.endsWith(".entry")))
        .hasSizeGreaterThanOrEqualTo(4);
    for (String name : files.keySet()) {
      if (name.startsWith("control/") && name.endsWith(".entry")) {
        String index = name.substring("control/".length(), name.length() - ".entry".length());
        assertThat(new String(files.get("timeline.json"), StandardCharsets.UTF_8))
            .contains("\"entry\":" + index);
      }
    }
  }

  @Test
  void keysFromElsewhereSayWhoseItIs() throws Exception {
    Path keys = Files.write(folder.resolve("keys"), known);
    assertThat(verify("--keys", keys.toString())).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("signed by a key that you named");

    try (TestServer other = TestServer.open(folder.resolve("other"), Map.of())) {
      other.apply(Yaml.fleet());
      Path theirs = folder.resolve("theirs");
      String id = opened(other);
      Path theirBundle = folder.resolve("other.zip");
      giveOut(other, id, theirBundle);
      Files.write(theirs, Bundle.read(Files.readAllBytes(theirBundle)).files().get(KEYS));
      assertThat(verify("--keys", theirs.toString())).isEqualTo(ExitCode.CHECK_FAILED);
      assertThat(terminal.said()).contains("BROKEN: seal.tlog-proof proves nothing: ");
    }
  }

  @Test
  void whateverIsChangedIsNamed() throws Exception {
    broken(files -> files.put("report.md", bytes("# All was well")), "report.md is not what was");
    broken(files -> files.remove("timeline.json"), "timeline.json is missing");
    broken(files -> files.put("more.txt", bytes("x")), "more.txt was not given out");
    broken(files -> files.remove("manifest.json"), "manifest.json is missing");
    broken(
        files -> files.put("manifest.json", bytes("{}")), "manifest.json is in a form that is not");
    broken(
        files -> files.put("seal.entry", files.get(entry(files))),
        "seal.tlog-proof proves nothing: the entry is not at index");
    broken(
        files -> {
          files.put("seal.entry", files.get(entry(files)));
          files.put("seal.tlog-proof", files.get(entry(files).replace(".entry", ".tlog-proof")));
        },
        "manifest.json is not the one that the ledger's entry was made for");
    broken(files -> files.put("control/keys", bytes("log x")), "control/keys ");
    broken(files -> files.put(entry(files), bytes("{}")), ".entry is not what was given out");
  }

  @Test
  void whatIsNoBundleIsRefused() throws Exception {
    Files.write(file, bytes("no zip"));
    assertThat(verify()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(terminal.said()).contains("the file is no zip");
    byte[] cut = new byte[40];
    Files.write(file, cut);
    assertThat(verify()).isEqualTo(ExitCode.CHECK_FAILED);
    Files.delete(file);
    assertThat(verify()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(terminal.complained()).contains("there is no file ");
  }

  private void giveOut(TestServer server, String id, Path to) {
    assertThat(
            terminal.run(
                "incident",
                "bundle",
                id,
                to.toString(),
                "--server",
                server.uri("/").toString(),
                "--token",
                server.token()))
        .isEqualTo(ExitCode.DONE);
  }

  private void broken(Consumer<SortedMap<String, byte[]>> change, String said) throws Exception {
    byte[] whole = Files.readAllBytes(file);
    SortedMap<String, byte[]> files = new TreeMap<>(Bundle.read(whole).files());
    change.accept(files);
    Files.write(file, new Bundle(files).zip());
    assertThat(verify()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(terminal.said()).startsWith("BROKEN: ").contains(said);
    Files.write(file, whole);
  }

  private static String entry(SortedMap<String, byte[]> files) {
    return files.keySet().stream()
        .filter(name -> name.startsWith("control/") && name.endsWith(".entry"))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private int verify(String... more) {
    String[] words = new String[3 + more.length];
    words[0] = "verify";
    words[1] = "--bundle";
    words[2] = file.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return terminal.run(words);
  }

  private static String opened(TestServer server) {
    return server
        .ask(
            "/api/v1/incidents",
            """
            {"title":"Refunds twice","severity":"major","agents":[{"agent":"refunds"}],
             "reason":"two customers called"}
            """)
        .path("id")
        .asString();
  }
}
