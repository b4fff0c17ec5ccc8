// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.record.ShadowDuty;
import dev.steward.gateway.record.ToolRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What policies in shadow mode would demand stands in the record of a call, and nothing is done.
class ShadowedCallsTest {
  private static final String ALL =
      ToolFixture.policy("all", "{name: open, tool: '*', effect: allow}");
  private static final String ACCOUNT =
      "{\"content\":[],\"structuredContent\":{\"name\":\"Ada\",\"iban\":\"DE1234\"}}";

  @TempDir Path folder;
  private ToolFixture fixture;

  @BeforeEach
  void start() {
    fixture = new ToolFixture(folder);
    fixture.control.apply(ALL);
    fixture.server.answers = _ -> (ObjectNode) CanonicalJson.read(ACCOUNT);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aFieldThatItWouldHideIsToldAndPasses() {
    shadow("{tool: bank/account, effect: allow, redact: [iban, phone]}");

    fixture.call("account", "{}");

    assertThat(words(fixture.record()))
        .containsExactly("redact iban", "redact phone: the result does not have it");
    assertThat(fixture.record().result()).contains("DE1234");
  }

  @Test
  void aRateIsCountedAndWhatIsBeyondItPasses() {
    shadow("{tool: bank/account, effect: allow, limit: {calls: 2, per: 1h}}");

    for (int i = 0; i < 3; i++) {
      assertThat(fixture.call("account", "{}")).isInstanceOf(ToolEnding.Answered.class);
    }

    assertThat(fixture.records.all)
        .extracting(ShadowedCallsTest::words)
        .containsExactly(
            List.of("at most 2 calls in 1h"),
            List.of("at most 2 calls in 1h"),
            List.of("at most 2 calls in 1h: used up, so the call would have been refused"));
  }

  @Test
  void aReasonIsMissedWhereNoneIsGiven() {
    shadow("{tool: bank/account, effect: allow, reason: true}");

    fixture.call("account", "{}");
    fixture.call("account", "{}", ToolOrigin.NONE, "to see the name");

    assertThat(fixture.records.all)
        .extracting(ShadowedCallsTest::words)
        .containsExactly(
            List.of("a reason: none was given, so the call would have been refused"),
            List.of("a reason"));
  }

  @Test
  void whatIsDemandedAnywayIsNoDutyOfTheShadow() {
    fixture.control.apply(
        ToolFixture.policy("hides", "{tool: bank/account, effect: allow, redact: [iban]}"));
    shadow("{tool: bank/account, effect: allow, redact: [iban], reason: true}");

    fixture.call("account", "{}", ToolOrigin.NONE, "why not");

    assertThat(words(fixture.record())).containsExactly("a reason");
  }

  @Test
  void peopleWhoWouldBeAskedAreNamed() {
    shadow(
        "{tool: bank/account, effect: require_approval, approvers: [dana@example.com], expires:"
            + " 30m}");

    assertThat(fixture.call("account", "{}")).isInstanceOf(ToolEnding.Answered.class);

    assertThat(words(fixture.record()))
        .singleElement()
        .asString()
        .startsWith("1 of dana@example.com agrees within 30m");
  }

  private void shadow(String rule) {
    fixture.control.apply(
        ToolFixture.policy("shadows", rule).replace("spec:\n", "spec:\n  mode: shadow\n"));
  }

  private static List<String> words(ToolRecord record) {
    return record.shadowed().stream().map(ShadowDuty::words).toList();
  }
}
