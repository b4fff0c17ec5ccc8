// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Strategy;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Shadow;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which callers are shadows, over restarts and whatever becomes of the release.
class ShadowRunsTest {
  private static final String RUN = "5".repeat(32);
  private static final Shadow SHADOW = new Shadow("shadow", "run-1", "4".repeat(32));
  private static final String BUDGET =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: shadows}
      spec: {scope: {agent: lookup, shadow: true}, window: day, limit: {calls: 100}}
      """;

  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder.resolve("control"));
    fixture.apply(Yaml.documents(Yaml.DANA, version(1), BUDGET));
    release("first", Strategy.DIRECT);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRunIsOnTheDiskBeforeItsCopyIsSent() throws IOException {
    ShadowRuns runs = new ShadowRuns(FileDiary.open(file(), 100));
    runs.begin(RUN, SHADOW);

    // Never closed: the process ends without a word.
    assertThat(Files.readString(file())).contains(RUN);
    assertThat(shadow(new ShadowRuns(FileDiary.open(file(), 100)), "", RUN)).contains(SHADOW);
  }

  @Test
  void noRunBeginsThatCannotBeKept() throws IOException {
    Files.createDirectories(file());
    ShadowRuns runs = new ShadowRuns(FileDiary.open(file(), 100));

    assertThatThrownBy(() -> runs.begin(RUN, SHADOW))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.UNRECORDED))
        .hasMessageContaining("cannot be kept, so the copy was not sent");
  }

  @Test
  void aKeyOfItsVersionActsForRealOnlyOnceSomethingElseGivesTheVersionWork() {
    String first = version();
    fixture.apply(version(2));
    String second =
        fixture.state().versionInForce("lookup", "development").orElseThrow().digest().hex();
    assertThat(bound(second)).as("before it is a shadow").isFalse();
    release("shadow", Strategy.SHADOW);
    assertThat(bound(second)).as("while it gets copies").isTrue();
    fixture.submit(new Command.HoldRelease("shadow", "too dear"));
    assertThat(bound(second)).as("while it is held").isTrue();
    fixture.submit(new Command.RefuseRelease("shadow", "not this one"));
    assertThat(bound(second)).as("when it is over").isTrue();
    fixture.restart();
    assertThat(bound(second)).as("after a restart").isTrue();
    assertThat(bound(first)).as("another version").isFalse();

    release("then", Strategy.DIRECT);
    assertThat(version()).isEqualTo(second);
    assertThat(bound(second)).as("in force").isFalse();
    fixture.submit(
        new Command.RollBack("back", "lookup", "staging", first, false, "person", "worse"));
    assertThat(bound(second)).as("rolled back").isFalse();
    release("again", Strategy.SHADOW);
    fixture.submit(new Command.RefuseRelease("again", "no"));
    assertThat(bound(second)).as("a shadow anew").isTrue();
  }

  @Test
  void aKeyOfAPromotedShadowActsForReal() {
    fixture.apply(version(2));
    release("shadow", Strategy.SHADOW);
    fixture.submit(new Command.PromoteRelease("shadow", "it is good"));

    assertThat(bound(version())).isFalse();
  }

  private boolean bound(String version) {
    return shadow(new ShadowRuns(Diary.NONE), version, RUN).isPresent();
  }

  private String version() {
    return fixture.state().versionInForce("lookup", "staging").orElseThrow().digest().hex();
  }

  private Optional<Shadow> shadow(ShadowRuns runs, String version, String run) {
    AgentVersion inForce = fixture.state().versionInForce("lookup", "staging").orElseThrow();
    AgentKey key =
        new AgentKey(
            "key",
            Digest.of("key"),
            "lookup",
            "staging",
            version,
            ControlFixture.START,
            Actor.SYSTEM,
            null);
    Caller caller =
        new Caller(
            key,
            fixture.state().agent("lookup").orElseThrow(),
            version.isEmpty() ? inForce : fixture.state().version("lookup", version).orElseThrow());
    Place place = new Place(run, run, null, true, "", "", "", null);
    return runs.caller(fixture.state(), caller, place).flatMap(Caller::shadow);
  }

  private void release(String id, Strategy strategy) {
    fixture.submit(
        new Command.StartRelease(id, "lookup", "staging", "", strategy, Map.of(), "it is time"));
    if (strategy == Strategy.SHADOW) {
      String version =
          fixture.state().versionInForce("lookup", "development").orElseThrow().digest().hex();
      fixture.submit(
          new Command.IssueAgentKey("key-" + id, Digest.of(id), "lookup", "staging", version));
      fixture.submit(new Command.JudgeRelease(id));
    }
  }

  private static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }

  private Path file() {
    return folder.resolve("shadow-runs.jsonl");
  }
}
