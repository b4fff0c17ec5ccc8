// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The commands of the terminal against a real server.
class CommandsTest {
  private static final String REFUNDS = "docs/examples/refunds.yaml";

  @TempDir static Path folder;
  private static TestServer server;
  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void open() throws IOException {
    server = TestServer.open(folder.resolve("data"));
    server.send(
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofFile(Path.of("docs/examples/first-trace.json")))
            .build());
    server.await(
        "the trace is loaded", () -> server.json("/api/v1/ingest").path("loaded").asLong() == 4);
    new Terminal().run(onServer("apply", "-f", REFUNDS));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void applyingTheSameAgainChangesNothing() {
    assertThat(run("apply", "-f", REFUNDS)).isZero();
    assertThat(terminal.said()).contains("unchanged Agent/refunds").doesNotContain("created");
    assertThat(run("diff", "-f", REFUNDS)).isZero();
  }

  @Test
  void aDiffShowsWhatWouldChangeAndWritesNothing() throws IOException {
    Path changed = folder.resolve("changed.yaml");
    Files.writeString(
        changed,
        Files.readString(Path.of(REFUNDS)).replace("You answer refund", "You refuse refund"));

    assertThat(run("diff", "-f", changed.toString())).isEqualTo(1);
    assertThat(terminal.said()).contains("You answer refund").contains("You refuse refund");
    assertThat(run("diff", "-f", REFUNDS)).isZero();
  }

  @Test
  void aBadManifestIsRefusedWithFileLineAndField() throws IOException {
    Path bad = folder.resolve("bad.yaml");
    Files.writeString(
        bad, Files.readString(Path.of(REFUNDS)).replace("risk: high", "risk: prohibited"));

    assertThat(run("apply", "-f", bad.toString())).isEqualTo(2);
    assertThat(terminal.said()).contains("bad.yaml:").contains("spec.risk").contains("nothing was");
  }

  @Test
  void agentsAreFoundByWhatTheyMayCallAndTouch() {
    assertThat(run("get", "agents", "--tool", "payments/refund", "--data", "data=customer"))
        .isZero();
    assertThat(terminal.said()).contains("refunds");
    assertThat(run("get", "agents", "--tool", "payments/close_account")).isZero();
    assertThat(terminal.said()).isEqualTo("no agent matches\n");
  }

  @Test
  void aResourceIsShownAsItsManifest() {
    assertThat(run("get", "Agent", "refunds", "-o", "yaml")).isZero();
    assertThat(terminal.said()).contains("kind: \"Agent\"").contains("owner: \"dana@example.com\"");
  }

  @Test
  void runsAndOneRunAreListedWithTheirCost() {
    assertThat(run("runs", "--agent", "refunds")).isZero();
    assertThat(terminal.said()).contains("finished").contains("0.00322 USD");
    assertThat(run("run", "5b8efff798038103d269b633813fc60c")).isZero();
    assertThat(terminal.said()).contains("execute_tool get_order").contains("1733 tokens in");
    assertThat(run("runs", "-w", "tool=nothing")).isZero();
    assertThat(terminal.said()).isEqualTo("no run matches\n");
  }

  @Test
  void jsonIsTheApisOwn() {
    assertThat(run("runs", "-o", "json")).isZero();
    assertThat(JsonMapper.shared().readTree(terminal.said()))
        .isEqualTo(server.json("/api/v1/runs"));
  }

  @Test
  void aHoldIsPlacedWithAWarningListedAndLifted() {
    assertThat(run("holds", "place", "run", "nothing-like-it", "--reason", "case 7")).isZero();
    assertThat(terminal.said()).contains("warning: There is no run nothing-like-it here now");
    assertThat(run("holds", "list", "-o", "json")).isZero();
    String id = JsonMapper.shared().readTree(terminal.said()).at("/items/0/id").asString();
    assertThat(run("holds", "lift", id, "--reason", "a slip")).isZero();
    assertThat(run("holds", "list")).isZero();
    assertThat(terminal.said()).isEqualTo("no holds\n");
  }

  @Test
  void costIsListedInGroupsAndRunsAreJudged() {
    assertThat(run("cost", "--by", "agent,model", "--from", "2020-01-01")).isZero();
    assertThat(terminal.said()).contains("AGENT").contains("refunds").contains("0.00322 USD");
    String id = "5b8efff798038103d269b633813fc60c";
    assertThat(run("outcome", id, "--label", "success", "--score", "0.9")).isZero();
    assertThat(terminal.said()).contains("told of run " + id);
    assertThat(run("outcome", id)).isEqualTo(2);
    assertThat(run("feedback", id, "--thumbs", "down", "--comment", "too slow")).isZero();
    assertThat(terminal.said()).contains("told of run " + id);
    assertThat(run("feedback", id)).isEqualTo(2);
    assertThat(terminal.complained()).contains("--thumbs, --comment, --correction or --escalation");
  }

  @Test
  void anUnknownFilterIsAWrongUseAndTheNearestIsNamed() {
    assertThat(run("runs", "-w", "modle=x")).isEqualTo(2);
    assertThat(terminal.complained())
        .contains("no parameter 'modle'")
        .contains("Did you mean model?");
  }

  @Test
  void whatIsCheckedIsAlsoToldToPrograms() throws IOException {
    assertThat(run("doctor", "-o", "json")).isZero();
    assertThat(JsonMapper.shared().readTree(terminal.said()).at("/findings/0/state").asString())
        .isIn("ok", "to do");
    assertThat(terminal.run("verify", "--data", server.folder().toString(), "-o", "json")).isZero();
    var control = JsonMapper.shared().readTree(terminal.said()).at("/ledgers/0");
    assertThat(control.path("ledger").asString()).isEqualTo("control");
    assertThat(control.path("verified").asBoolean()).isTrue();
    assertThat(control.path("entries").asLong()).isPositive();
    assertThat(run("import", "--format", "otlp", "docs/examples/first-trace.json", "-o", "json"))
        .isZero();
    assertThat(JsonMapper.shared().readTree(terminal.said()).path("spans").asLong()).isEqualTo(4);
  }

  @Test
  void aBackupIsRestoredAndBothAreToldToPrograms() {
    Path copy = folder.resolve("backup");
    assertThat(run("backup", "--to", copy.toString(), "-o", "json")).isZero();
    var written = JsonMapper.shared().readTree(terminal.said());
    assertThat(written.path("controlEntries").asLong()).isPositive();
    Path restored = folder.resolve("restored");
    assertThat(
            terminal.run(
                "restore", "--from", copy.toString(), "--data", restored.toString(), "-o", "json"))
        .isZero();
    assertThat(JsonMapper.shared().readTree(terminal.said())).isEqualTo(written);
    assertThat(terminal.run("verify", "--data", restored.toString())).isZero();
  }

  @Test
  void aKeyIsShownOnceListedWithoutItsValueAndRevoked() {
    assertThat(run("keys", "issue", "refunds", "--environment", "development", "-o", "json"))
        .isZero();
    var issued = JsonMapper.shared().readTree(terminal.said());
    assertThat(run("keys", "list", "--agent", "refunds")).isZero();
    assertThat(terminal.said())
        .contains(issued.path("id").asString())
        .doesNotContain(issued.path("key").asString());
    assertThat(run("keys", "revoke", issued.path("id").asString(), "--reason", "test")).isZero();
  }

  @Test
  void theDoctorSaysWhatToDoNext() {
    assertThat(run("doctor")).isZero();
    assertThat(terminal.said()).contains("telemetry").contains("4 spans accepted");
  }

  @Test
  void theLedgerIsVerifiedWhileTheServerRuns() {
    assertThat(terminal.run("verify", "--data", server.folder().toString())).isZero();
    assertThat(terminal.said()).contains("control: verified").contains("activity: verified");
  }

  @Test
  void aTamperedLedgerIsNamedAndEndsWithOne() throws IOException {
    Path copy = folder.resolve("tampered");
    copyLedger(server.folder(), copy);
    Path file = copy.resolve("ledger/control.db");
    byte[] bytes = Files.readAllBytes(file);
    byte[] wanted = "refunds".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int at = indexOf(bytes, wanted);
    bytes[at] ^= 1;
    Files.write(file, bytes);

    assertThat(terminal.run("verify", "--data", copy.toString())).isEqualTo(1);
    assertThat(terminal.said()).contains("BROKEN");
  }

  @Test
  void wrongUseEndsWithTwoAndNoServerWithThree() throws IOException {
    assertThat(run("get")).isEqualTo(2);
    assertThat(run("get", "Agent", "nobody")).isEqualTo(2);
    assertThat(terminal.complained()).contains("nobody");
    assertThat(terminal.run("verify", "--data", folder.resolve("empty").toString())).isEqualTo(2);
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThat(terminal.run("runs", "--server", "http://127.0.0.1:" + free)).isEqualTo(3);
    assertThat(terminal.complained()).contains("./steward up");
  }

  @Test
  void everyCommandExplainsItself() {
    for (String command :
        new String[] {"apply", "get", "runs", "run", "keys", "import", "delete"}) {
      assertThat(terminal.run(command, "--help")).as(command).isZero();
      assertThat(terminal.said()).as(command).contains("Usage: steward " + command);
    }
    assertThat(terminal.run("keys", "issue", "--help")).isZero();
    assertThat(terminal.run("completion", "--help")).isZero();
    assertThat(terminal.said()).doesNotContain("generate-completion");
  }

  @Test
  void wrongUseIsSaidInWordsNotInATrace() {
    assertThat(terminal.run("runs", "--server", "nonsense")).isEqualTo(2);
    assertThat(terminal.complained())
        .isEqualTo(
            "steward: --server 'nonsense' is no address of a server: write http://HOST:PORT\n");
    assertThat(run("import", "--format", "otlp", "/no/such/file")).isEqualTo(2);
    assertThat(terminal.complained()).isEqualTo("steward: there is no file /no/such/file\n");
    assertThat(run("runs", "-w", "model")).isEqualTo(2);
    assertThat(run("get", "agents", "--risk", "huge")).isEqualTo(2);
    assertThat(terminal.complained()).contains("minimal, limited, high");
    assertThat(run("get", "agents", "--at", "99999")).isEqualTo(2);
    assertThat(terminal.complained()).contains("a sequence up to");
  }

  @Test
  void aSenderThatWasRegisteredLaterIsNoStranger() {
    assertThat(run("get", "agents", "--unregistered")).isZero();
    assertThat(terminal.said()).isEqualTo("everything that sent something is registered\n");
  }

  @Test
  void aRepeatedFilterOfRunsHoldsEachTime() {
    assertThat(run("runs", "-w", "label=team=nobody", "-w", "label=data=customer")).isZero();
    assertThat(terminal.said()).isEqualTo("no run matches\n");
  }

  @Test
  void aListLongerThanAPageIsShownWhole() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (int i = 0; i < 501; i++) {
      sources
          .append("---\napiVersion: steward/v1\nkind: DataSource\nmetadata: {name: source-")
          .append(i)
          .append("}\nspec: {owner: dana@example.com, type: database}\n");
    }
    Path many = folder.resolve("many.yaml");
    Files.writeString(many, sources);
    assertThat(run("apply", "-f", many.toString())).isZero();

    assertThat(run("get", "datasources")).isZero();
    assertThat(terminal.said().lines()).hasSize(503);
    assertThat(run("get", "datasources", "-o", "json")).isZero();
    assertThat(JsonMapper.shared().readTree(terminal.said()).path("items")).hasSize(502);
  }

  private int run(String... words) {
    return terminal.run(onServer(words));
  }

  private static String[] onServer(String... words) {
    return Stream.concat(
            Stream.of(words),
            Stream.of("--server", server.steward().address(), "--token", server.token()))
        .toArray(String[]::new);
  }

  private static void copyLedger(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolve("ledger"));
    Files.createDirectories(to.resolve("keys"));
    for (String log : new String[] {"control", "activity"}) {
      dev.steward.store.sqlite.SqliteCopy.of(
          from.resolve("ledger/" + log + ".db"), to.resolve("ledger/" + log + ".db"));
      Files.copy(from.resolve("keys/" + log + ".pub"), to.resolve("keys/" + log + ".pub"));
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("the ledger does not hold the word");
  }
}
