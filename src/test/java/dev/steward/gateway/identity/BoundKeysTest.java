// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.command.Command;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Strategy;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key that is bound to a version puts nothing to work that no release brought there.
class BoundKeysTest {
  private static final String SHADOWS =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: shadows}
      spec: {scope: {agent: lookup, shadow: true}, window: day, limit: {calls: 100}}
      """;

  @TempDir Path folder;
  private ControlFixture fixture;
  private String first;
  private String second;
  private int keys;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, version(1)));
    first = inForce("development");
    release("first", Strategy.DIRECT);
    fixture.apply(version(2));
    second = inForce("development");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void noVersionGoesThereByAKeyAloneThoughNoGateStands() {
    assertRefused(() -> key("production", first), "never came to production");
    assertRefused(() -> key("staging", second), "never came to staging");
    assertRefused(() -> key("moon", first), "never came to moon");
    assertThat(runs(key("development", first))).as("where versions are made").isEqualTo(first);
    assertThat(runs(key("staging", first))).isEqualTo(first);
  }

  @Test
  void aVersionThatIsRolledBackStopsForItsKeyToo() {
    release("second", Strategy.DIRECT);
    AgentKey bound = key("staging", second);
    assertThat(runs(bound)).isEqualTo(second);

    fixture.submit(
        new Command.RollBack("back", "lookup", "staging", first, false, "person", "worse"));
    assertStopped(bound, second);
    assertRefused(() -> key("staging", second), "never came to staging, or was rolled back");
    fixture.restart();
    assertStopped(bound, second);
  }

  @Test
  void aVersionThatAnotherOneFollowedStopsForItsKeyUntilItComesBack() {
    AgentKey bound = key("staging", first);
    release("second", Strategy.DIRECT);
    assertStopped(bound, first);

    assertThat(key("staging", first).version()).as("ready for a rollback").isEqualTo(first);
    fixture.submit(
        new Command.RollBack("back", "lookup", "staging", first, false, "person", "worse"));
    assertThat(runs(bound)).isEqualTo(first);
  }

  @Test
  void bothSidesOfABlueGreenReleaseHaveTheirKeys() {
    AgentKey old = key("staging", first);
    release("pair", Strategy.BLUE_GREEN);
    AgentKey stands = key("staging", second);
    assertThat(runs(stands)).as("while it stands by").isEqualTo(second);

    fixture.submit(new Command.SwitchRelease("pair", false, false, "go"));
    assertThat(runs(old)).as("what began there finishes there").isEqualTo(first);
    fixture.submit(new Command.SwitchRelease("pair", true, false, "too slow"));
    assertThat(runs(stands)).as("one can switch again").isEqualTo(second);
    fixture.submit(new Command.RefuseRelease("pair", "not this one"));
    assertStopped(stands, second);
    assertThat(runs(old)).isEqualTo(first);
  }

  @Test
  void whatIsTriedOnAShareHasAKeyUntilItsTrialIsOver() {
    release("trial", Strategy.CANARY);
    AgentKey tried = key("staging", second);
    assertThat(runs(tried)).isEqualTo(second);
    fixture.submit(new Command.RefuseRelease("trial", "not this one"));
    assertStopped(tried, second);
  }

  @Test
  void aReleaseThatWaitsGivesNoWorkToItsKey() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: agreed}
        spec: {environments: [staging], requires: approvals, people: 1}
        """);
    release("trial", Strategy.CANARY);
    assertStopped(key("staging", second), second);
  }

  @Test
  void aShadowsKeyWorksWhileItGetsCopies() {
    fixture.apply(SHADOWS);
    release("copies", Strategy.SHADOW);
    AgentKey shadow = key("staging", second);
    fixture.submit(new Command.JudgeRelease("copies"));
    assertThat(runs(shadow)).isEqualTo(second);
    fixture.submit(new Command.HoldRelease("copies", "too dear"));
    assertThat(runs(shadow)).as("what its process does late is the shadow's").isEqualTo(second);
    fixture.submit(new Command.RefuseRelease("copies", "not this one"));
    assertStopped(shadow, second);
  }

  private void assertStopped(AgentKey key, String version) {
    assertThatThrownBy(() -> runs(key))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.DENIED))
        .hasMessageContaining(
            "The key is for version "
                + version.substring(0, 12)
                + " of lookup, which is neither in force nor tried in staging")
        .hasMessageContaining("steward keys issue lookup --environment staging");
  }

  private static void assertRefused(ThrowingCallable issue, String message) {
    assertThatThrownBy(issue)
        .hasMessageContaining(message)
        .hasMessageContaining("steward release start lookup --to");
  }

  private String runs(AgentKey key) {
    return Callers.holder(fixture.state(), key).version().digest().hex();
  }

  private AgentKey key(String environment, String version) {
    String id = "key-" + ++keys;
    fixture.submit(new Command.IssueAgentKey(id, Digest.of(id), "lookup", environment, version));
    return fixture.state().agentKeyById(id).orElseThrow();
  }

  private void release(String id, Strategy strategy) {
    fixture.submit(
        new Command.StartRelease(id, "lookup", "staging", "", strategy, Map.of(), "better"));
  }

  private String inForce(String environment) {
    return fixture.state().versionInForce("lookup", environment).orElseThrow().digest().hex();
  }

  private static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }
}
