// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.record.EffectEntry;
import dev.steward.gateway.tool.ToolServerException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Many tool calls of one seed, with policies, people, ledgers and servers that do as the seed has
/// it, and what is to be known of each call afterwards.
final class ToolScenario implements AutoCloseable {
  private static final List<String> TOOLS = List.of("balance", "pay", "account", "wipe", "none");
  private static final List<String> TIERS = List.of("allow", "require_approval", "deny");
  private static final int CALLS = 25;

  private final Random random;
  private final Path folder;
  private final ToolFixture fixture;
  private int approvals;

  /// One call as it went.
  ///
  /// @param sent how often its server was called for it
  /// @param before what the ledger held when its server was called, empty when it was not
  /// @param kept records of it
  record Went(String tool, ToolEnding ending, int sent, List<EffectEntry> before, int kept) {}

  ToolScenario(long seed) {
    random = new Random(seed);
    try {
      folder = Files.createTempDirectory("tool-scenario");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      rules.add(
          "{tool: %s, effect: %s%s}"
              .formatted(
                  random.nextBoolean() ? "'*'" : "bank/" + TOOLS.get(random.nextInt(4)),
                  TIERS.get(random.nextInt(3)),
                  random.nextInt(3) == 0 ? ", when: '!call.attributed'" : ""));
    }
    fixture = new ToolFixture(folder, ToolFixture.policy("p", rules.toArray(String[]::new)));
  }

  List<Went> run() {
    List<Went> went = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      went.add(call());
    }
    return went;
  }

  /// All that the ledger holds in the end.
  List<EffectEntry> entries() {
    return fixture.entries();
  }

  ToolFixture fixture() {
    return fixture;
  }

  private Went call() {
    fixture.activity.refuses = random.nextInt(6) == 0;
    fixture.records.refuses = random.nextInt(10) == 0;
    fixture.server.answers = answer();
    String tool = TOOLS.get(random.nextInt(TOOLS.size()));
    String arguments =
        random.nextInt(5) == 0
            ? "{\"odd\":true}"
            : tool.equals("pay") ? "{\"to\":\"a\",\"amount\":" + random.nextInt(5) + "}" : "{}";
    people(arguments);
    int sent = fixture.server.sent.size();
    int kept = fixture.records.all.size();
    ToolEnding ending =
        fixture.call(tool, arguments, ToolFixture.run("run-" + random.nextInt(3)), "");
    boolean reached = fixture.server.sent.size() > sent;
    return new Went(
        tool,
        ending,
        fixture.server.sent.size() - sent,
        reached ? fixture.server.before.getLast() : List.of(),
        fixture.records.all.size() - kept);
  }

  private void people(String arguments) {
    int answer = random.nextInt(3);
    String id = "a-" + (random.nextInt(4) == 0 ? approvals : ++approvals);
    fixture.approvals.people =
        (decision, _) ->
            switch (answer) {
              case 0 -> new ApprovalEnding.Denied(id, "no");
              case 1 ->
                  new ApprovalEnding.Waiting(id, java.time.Instant.MAX, "http://steward", "wait");
              default ->
                  new ApprovalEnding.Approved(
                      new Verdict.Allow(decision.grounds(), decision.obligations()),
                      (ObjectNode) CanonicalJson.read(arguments),
                      id);
            };
  }

  private ToolSend answer() {
    int kind = random.nextInt(7);
    return sending ->
        switch (kind) {
          case 0 -> throw new ToolServerException(new Reason.NotSent("away"));
          case 1 -> throw new ToolServerException(new Reason.Unknown("late", true));
          case 2 -> throw new ToolServerException(new Reason.Refused(CanonicalJson.object(), "no"));
          case 3 -> throw new IllegalStateException("the wire has a mistake");
          case 4 -> (ObjectNode) CanonicalJson.read("{\"isError\":true,\"content\":[]}");
          case 5 ->
              (ObjectNode)
                  CanonicalJson.read("{\"structuredContent\":{\"name\":\"n\"},\"content\":[]}");
          default -> (ObjectNode) CanonicalJson.read("{\"content\":[]}");
        };
  }

  @Override
  public void close() {
    fixture.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
