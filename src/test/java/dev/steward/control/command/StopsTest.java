// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.access.NewSecret;
import dev.steward.control.state.Kill;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopsTest {
  private static final Random RANDOM = new Random(11);
  private static final String PEOPLE =
      Yaml.documents(
          """
          apiVersion: steward/v1
          kind: Person
          metadata: {name: omar@example.com}
          spec: {displayName: Omar Khan, grants: [{role: operator}]}
          """,
          """
          apiVersion: steward/v1
          kind: Person
          metadata: {name: olga@example.com}
          spec: {displayName: Olga Berg, grants: [{role: operator}]}
          """,
          """
          apiVersion: steward/v1
          kind: Person
          metadata: {name: sam@example.com}
          spec: {displayName: Sam Lee, grants: [{role: operator, agents: [lookup]}]}
          """);

  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, Yaml.agent("lookup"), PEOPLE));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aKillMeansItsCallsUntilItIsRestored() {
    kill("kill-1", "agent=lookup", Actor.SYSTEM);

    Kill kill = fixture.state().killed(call("lookup")).orElseThrow();
    assertThat(kill.id()).isEqualTo("kill-1");
    assertThat(kill.by()).isEqualTo(Actor.SYSTEM);
    assertThat(fixture.state().text(kill.reason())).contains("it loops");
    assertThat(fixture.state().killed(call("refunds"))).isEmpty();

    restore("kill-1", person("omar@example.com"));
    assertThat(fixture.state().killed(call("lookup"))).isEmpty();
    assertThat(fixture.state().kills().size()).isZero();
  }

  @Test
  void theReasonIsNotInTheLedgerItself() {
    kill("kill-1", "agent=lookup", Actor.SYSTEM);

    for (byte[] entry : fixture.ledger.read(0, 100)) {
      assertThat(new String(entry, StandardCharsets.UTF_8)).doesNotContain("it loops");
    }
  }

  @Test
  void aScopedGrantKillsOnlyItsOwn() {
    Actor sam = person("sam@example.com");
    kill("kill-1", "agent=lookup", sam);
    kill("kill-2", "run=run-7,agent=lookup", sam);

    for (String selector :
        List.of(
            "agent=refunds",
            "everything",
            "model=gpt-5",
            "provider=openai",
            "run=run-7",
            "tool=payments",
            "label.team=support",
            "environment=production")) {
      refused(ErrorCode.FORBIDDEN, () -> kill("kill-3", selector, sam));
    }
    kill("kill-4", "everything", person("omar@example.com"));
    refused(ErrorCode.FORBIDDEN, () -> restore("kill-4", sam));
  }

  @Test
  void whoMayNotStopMayNotRestoreEither() {
    kill("kill-1", "agent=lookup", Actor.SYSTEM);

    refused(ErrorCode.FORBIDDEN, () -> restore("kill-1", person("dana@example.com")));
    refused(ErrorCode.FORBIDDEN, () -> kill("kill-2", "run=1", person("dana@example.com")));
  }

  @Test
  void aGraveKillNeedsASecondPerson() {
    for (String selector :
        List.of("everything", "agent=refunds", "label.team=support", "environment=production")) {
      kill("kill-1", selector, Actor.SYSTEM);

      restore("kill-1", person("omar@example.com"));
      Kill proposed = fixture.state().kills().find("kill-1").orElseThrow();
      assertThat(proposed.secondPerson()).isTrue();
      assertThat(proposed.proposal().orElseThrow().by()).isEqualTo(person("omar@example.com"));
      refused(ErrorCode.CONFLICT, () -> restore("kill-1", person("omar@example.com")));

      restore("kill-1", person("olga@example.com"));
      assertThat(fixture.state().kills().size()).isZero();
    }
  }

  @Test
  void aTokenOfNobodyIsNoSecondPersonAndNobodyIsTwo() {
    Actor omar = person("omar@example.com");
    Actor nobodys = token("", Actor.SYSTEM);
    kill("kill-1", "everything", omar);

    restore("kill-1", omar);
    refused(ErrorCode.FORBIDDEN, () -> restore("kill-1", nobodys));
    refused(ErrorCode.CONFLICT, () -> restore("kill-1", token("omar@example.com", Actor.SYSTEM)));
    restore("kill-1", token("olga@example.com", Actor.SYSTEM));
    assertThat(fixture.state().kills().size()).isZero();
  }

  @Test
  void whoMadeATokenIsNotTheSecondBesideIt() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Person
        metadata: {name: omar@example.com}
        spec: {displayName: Omar Khan, grants: [{role: admin}]}
        """);
    Actor omar = person("omar@example.com");
    Actor nobodys = token("", omar);
    kill("kill-1", "everything", omar);

    restore("kill-1", nobodys);
    refused(ErrorCode.CONFLICT, () -> restore("kill-1", omar));
    restore("kill-1", person("olga@example.com"));
    assertThat(fixture.state().kills().size()).isZero();
  }

  @Test
  void aProposalOfOneWhoMayNoLongerDoesNotCount() {
    Actor nobodys = token("", Actor.SYSTEM);
    kill("kill-1", "everything", Actor.SYSTEM);
    restore("kill-1", nobodys);
    fixture.submit(new Command.RevokeToken(nobodys.id(), "left"));

    restore("kill-1", person("omar@example.com"));
    assertThat(fixture.state().kills().find("kill-1").orElseThrow().proposal())
        .get()
        .extracting(Kill.Proposal::by)
        .isEqualTo(person("omar@example.com"));
    restore("kill-1", person("olga@example.com"));
    assertThat(fixture.state().kills().size()).isZero();
  }

  @Test
  void makingAnAgentHarmlessDoesNotSpareTheSecondPerson() {
    kill("kill-1", "agent=refunds", Actor.SYSTEM);
    fixture.apply(Yaml.REFUNDS.replace("risk: high", "risk: minimal"));

    restore("kill-1", person("omar@example.com"));
    assertThat(fixture.state().killed(call("refunds"))).isPresent();
  }

  @Test
  void theSameKillTwiceIsOne() {
    kill("kill-1", "agent=lookup", Actor.SYSTEM);
    long size = fixture.ledger.size();
    kill("kill-2", "agent=lookup", Actor.SYSTEM);

    assertThat(fixture.ledger.size()).isEqualTo(size);
    assertThat(fixture.state().kills().all()).extracting(Kill::id).containsExactly("kill-1");
    refused(ErrorCode.CONFLICT, () -> kill("kill-1", "agent=refunds", Actor.SYSTEM));
  }

  @Test
  void aVersionIsFoundByItsBeginning() {
    String digest = fixture.state().agent("lookup").orElseThrow().version().digest().hex();
    kill("kill-1", "version=" + digest.substring(0, 8), Actor.SYSTEM);
    kill("kill-2", "version=" + digest.substring(0, 9), Actor.SYSTEM);

    assertThat(fixture.state().kills().all())
        .extracting(kill -> kill.selector().value(Part.VERSION))
        .containsExactly(digest);
    refused(
        ErrorCode.NOT_FOUND,
        () -> kill("kill-3", "version=" + digest.substring(0, 7), Actor.SYSTEM));
  }

  @Test
  void aSlipInANameIsRefusedRatherThanBelieved() {
    assertThatThrownBy(() -> kill("kill-1", "agent=lokup", Actor.SYSTEM))
        .hasMessageContaining("lookup");
    refused(ErrorCode.NOT_FOUND, () -> restore("kill-9", Actor.SYSTEM));
    refused(
        ErrorCode.INVALID,
        () -> fixture.submit(new Command.Kill("kill-1", Selector.EVERYTHING, " ")));
  }

  @Test
  void secretsAreOnRecordByNameOnly() {
    fixture.submit(new Command.SetSecret("openai-key"));
    fixture.submit(new Command.DeleteSecret("openai-key"));

    assertThat(new String(fixture.ledger.entry(fixture.ledger.size() - 2), StandardCharsets.UTF_8))
        .contains("\"events\":[{\"name\":\"openai-key\",\"type\":\"SecretSet\"}]");
    refused(
        ErrorCode.FORBIDDEN,
        () ->
            fixture
                .control()
                .submit(new Command.SetSecret("openai-key"), person("sam@example.com")));
    refused(ErrorCode.INVALID, () -> fixture.submit(new Command.SetSecret("Open AI")));
  }

  private void kill(String id, String selector, Actor actor) {
    fixture.control().submit(new Command.Kill(id, Selector.parse(selector), "it loops"), actor);
  }

  private void restore(String id, Actor actor) {
    fixture.control().submit(new Command.Restore(id, "repaired"), actor);
  }

  private Actor person(String name) {
    return Actor.person(fixture.state().person(name).orElseThrow().id());
  }

  private Actor token(String holder, Actor maker) {
    NewSecret secret = NewSecret.token(RANDOM);
    fixture
        .control()
        .submit(
            new Command.IssueToken(
                secret.id(),
                secret.hash(),
                holder,
                "ci",
                List.of(new Grant(Role.OPERATOR, true, Set.of(), Set.of(), Set.of())),
                Optional.empty()),
            maker);
    return Actor.token(secret.id());
  }

  private static Subject call(String agent) {
    return Subject.ofAgent(agent, Map.of());
  }

  private static void refused(ErrorCode code, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
