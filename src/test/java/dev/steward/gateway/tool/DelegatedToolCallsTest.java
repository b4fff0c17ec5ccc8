// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.record.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tool calls of an agent that acts on behalf of another.
class DelegatedToolCallsTest {
  private static final String PAY = "{\"to\":\"a\",\"amount\":1}";
  private static final String PLANNER =
      """
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: planner}
      spec: {owner: dana@example.com, purpose: Plans., risk: minimal}
      """;
  private static final String ALLOWED =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: clerks}
      spec: {agents: {names: [clerk]}, rules: [{tool: bank/pay, effect: allow}]}
      """;

  @TempDir Path folder;

  @Test
  void areDeniedWhereTheOtherMayNot() {
    try (ToolFixture fixture = new ToolFixture(folder, ALLOWED, PLANNER)) {
      assertThat(fixture.call("pay", PAY)).isInstanceOf(ToolEnding.Answered.class);
      String token = asked(fixture, "run-1");

      ToolEnding byRun = fixture.call("pay", PAY, ToolFixture.run("run-1"), "");
      ToolEnding byToken = fixture.call("pay", PAY, shown(token), "");

      assertThat(text(byRun)).contains("on behalf of planner (planner → clerk)");
      assertThat(text(byToken)).contains("on behalf of planner (planner → clerk)");
      assertThat(fixture.record().chain()).containsExactly("planner");
      assertThat(fixture.server.sent).hasSize(1);
    }
  }

  @Test
  void passWhereEachMayAndTheLedgerNamesTheChain() {
    try (ToolFixture fixture =
        new ToolFixture(
            folder,
            ALLOWED,
            PLANNER,
            ALLOWED.replace("clerks", "planners").replace("[clerk]", "[planner]"))) {
      asked(fixture, "run-1");

      assertThat(fixture.call("pay", PAY, ToolFixture.run("run-1"), ""))
          .isInstanceOf(ToolEnding.Answered.class);
      assertThat(fixture.record().chain()).containsExactly("planner");
    }
  }

  @Test
  void aTokenOfAnotherRunDoesNotFreeThemOfTheirOwn() {
    try (ToolFixture fixture =
        new ToolFixture(
            folder,
            ALLOWED,
            PLANNER,
            PLANNER.replace("planner", "auditor"),
            ALLOWED.replace("clerks", "auditors").replace("[clerk]", "[auditor]"))) {
      asked(fixture, "run-1");
      String token = asked(fixture, "run-2", "auditor");

      ToolEnding elsewhere =
          fixture.call(
              "pay",
              PAY,
              new ToolOrigin("run-1", "", "", "", "", "", "", token, Optional.empty()),
              "");

      assertThat(text(elsewhere)).contains("on behalf of planner");
      assertThat(fixture.record().chain()).containsExactlyInAnyOrder("auditor", "planner");
      assertThat(fixture.server.sent).isEmpty();
      assertThat(
              fixture.call(
                  "pay",
                  PAY,
                  new ToolOrigin("run-2", "", "", "", "", "", "", token, Optional.empty()),
                  ""))
          .isInstanceOf(ToolEnding.Answered.class);
    }
  }

  @Test
  void theTraceBindsBesideTheRunThatIsNamed() {
    try (ToolFixture fixture =
        new ToolFixture(
            folder,
            ALLOWED,
            PLANNER,
            PLANNER.replace("planner", "auditor"),
            ALLOWED.replace("clerks", "auditors").replace("[clerk]", "[auditor]"))) {
      asked(fixture, "run-1");
      asked(fixture, "run-2", "auditor");
      String within = "00-" + trace("run-1") + "-00000000000000ab-01";

      ToolEnding ending =
          fixture.call("pay", PAY, new ToolOrigin("run-2", within, "", "", "", "", ""), "");

      assertThat(text(ending)).contains("on behalf of planner");
    }
  }

  @Test
  void aTokenThatIsNoneIsRefused() {
    try (ToolFixture fixture = new ToolFixture(folder, ALLOWED, PLANNER)) {
      assertThat(text(fixture.call("pay", PAY, shown("made.up.token"), "")))
          .contains("was not signed by this server");
      assertThat(fixture.server.sent).isEmpty();
    }
  }

  private static String asked(ToolFixture fixture, String run) {
    return asked(fixture, run, "planner");
  }

  private static String asked(ToolFixture fixture, String run, String by) {
    return fixture.chains.asked(
        new Chain.Link("clerk", "v"),
        "development",
        new Place(run, trace(run), null, true, "", "", "", null),
        new Chain(List.of(new Chain.Link(by, "v"))));
  }

  private static String trace(String run) {
    return "0".repeat(31) + run.charAt(run.length() - 1);
  }

  private static ToolOrigin shown(String token) {
    return new ToolOrigin("", "", "", "", "", "", "", token, Optional.empty());
  }

  private static String text(ToolEnding ending) {
    return ((ToolEnding.Refused) ending).text();
  }
}
