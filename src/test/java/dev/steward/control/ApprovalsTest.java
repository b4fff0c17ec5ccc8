// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.control.command.Command;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsTest {
  private static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana, grants: [{role: admin}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: erik@example.com, labels: {role: finance-lead}}
      spec: {displayName: Erik, grants: [{role: approver, agents: [refunds]}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: fay@example.com}
      spec: {displayName: Fay, grants: [{role: approver, environments: [production]}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: gus@example.com}
      spec: {displayName: Gus, grants: [{role: operator}]}
      """;
  private static final String ARGUMENTS = "{\"amount\":500}";

  @TempDir private Path folder;
  private ControlFixture fixture;
  private Actor dana;
  private Actor erik;
  private Actor fay;
  private Actor gus;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(PEOPLE);
    dana = person("dana@example.com");
    erik = person("erik@example.com");
    fay = person("fay@example.com");
    gus = person("gus@example.com");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCallIsApprovedUsedAndThenAskedAnew() {
    request("a-1", "refunds", "", terms());
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
    use("a-1");
    assertThat(status("a-1")).isEqualTo(Status.USED);

    request("a-2", "refunds", "", terms());
    assertThat(status("a-2")).isEqualTo(Status.PENDING);
  }

  @Test
  void theSameCallFindsItsApprovalAndAsksNobodyAgain() {
    request("a-1", "refunds", "", terms());
    request("a-2", "refunds", "", terms());
    assertThat(fixture.state().approvals().find("a-2")).isEmpty();
    answer("a-1", false, erik);
    request("a-3", "refunds", "", terms());
    assertThat(fixture.state().approvals().find("a-3")).isEmpty();
  }

  @Test
  void whoHasNotTheRoleThereCannotAnswer() {
    request("a-1", "triage", "", terms());
    assertRefused("a-1", erik, ErrorCode.FORBIDDEN, "permission APPROVE");
    assertRefused("a-1", gus, ErrorCode.FORBIDDEN, "permission APPROVE");
    answer("a-1", true, fay);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
  }

  @Test
  void theNamedApproversAnswerAndNobodyElse() {
    request("a-1", "refunds", "", terms(List.of("finance-lead"), 1, true));
    assertRefused("a-1", dana, ErrorCode.FORBIDDEN, "finance-lead");
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);

    request("a-2", "triage", "", terms(List.of("dana@example.com", "operator"), 1, true));
    assertRefused("a-2", fay, ErrorCode.FORBIDDEN, "dana@example.com, operator");
    answer("a-2", true, dana);
    assertThat(status("a-2")).isEqualTo(Status.APPROVED);

    request("a-3", "planner", "", terms(List.of("approver"), 1, true));
    assertRefused("a-3", dana, ErrorCode.FORBIDDEN, "approver");
    answer("a-3", true, fay);
  }

  @Test
  void severalPeopleMustAgreeAndEachCountsOnce() {
    request("a-1", "refunds", "", terms(List.of(), 2, true));
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.PENDING);
    assertRefused("a-1", erik, ErrorCode.CONFLICT, "agreed");
    answer("a-1", true, fay);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
  }

  @Test
  void everyTermMustBeMet() {
    List<ApprovalTerms> both =
        List.of(
            terms(List.of("finance-lead"), 1, true).getFirst(),
            terms(List.of("admin"), 1, true).getFirst());
    request("a-1", "refunds", "", both);
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.PENDING);
    answer("a-1", true, dana);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
  }

  @Test
  void whoStartedTheRunIsNotASecondPairOfEyesByWhateverNameTheAgentCallsThem() {
    String id = erik.id();
    int nth = 0;
    for (String said :
        List.of("erik@example.com", "Erik@Example.com", "mailto:erik+orders@example.com", id)) {
      String approval = "a-" + ++nth;
      Command.RequestApproval request =
          Requests.of(approval, "refunds", "{\"n\":" + nth + "}", "", terms());
      fixture.submit(
          new Command.RequestApproval(
              approval,
              request.call(),
              request.question(),
              request.arguments(),
              request.why(),
              Set.of(said, "somebody nobody knows")));

      assertThat(find(approval).question())
          .satisfies(question -> {
            assertThat(question.starters()).containsExactly(id);
            assertThat(question.toString()).doesNotContainIgnoringCase("example.com");
          });
      assertRefused(approval, erik, ErrorCode.FORBIDDEN, "started by you");
      answer(approval, true, fay);
      assertThat(status(approval)).isEqualTo(Status.APPROVED);
    }
  }

  @Test
  void whoMayHaveStartedItMayAnswerWhereTheRuleWantsNoFourEyes() {
    Command.RequestApproval request =
        Requests.of("a-1", "refunds", "{}", "", terms(List.of(), 1, false));
    fixture.submit(
        new Command.RequestApproval(
            "a-1",
            request.call(),
            request.question(),
            request.arguments(),
            request.why(),
            Set.of("erik@example.com")));
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
  }

  @Test
  void whoIssuedTheAgentsKeyIsNotASecondPairOfEyes() {
    fixture.apply(Yaml.agent("refunds", ""));
    fixture
        .control()
        .submit(
            new Command.IssueAgentKey("key-1", Digest.of("key"), "refunds", "development", ""),
            dana);
    request("a-1", "refunds", "key-1", terms());
    assertRefused("a-1", dana, ErrorCode.FORBIDDEN, "four eyes");
    fixture.submit(
        new Command.IssueToken(
            "token-1", Digest.of("t"), "", "ci", List.of(Grant.of(Role.ADMIN)), Optional.empty()));
    assertRefused("a-1", Actor.token("token-1"), ErrorCode.FORBIDDEN, "nobody's");
    answer("a-1", true, erik);

    request("a-2", "refunds", "key-1", "{\"amount\":1}", terms(List.of(), 1, false));
    answer("a-2", true, dana);
    assertThat(status("a-2")).isEqualTo(Status.APPROVED);
  }

  @Test
  void withFourEyesItTakesAPersonAlsoWhereNobodyKnowsWhoAskedForTheRun() {
    fixture.submit(
        new Command.IssueToken(
            "token-1", Digest.of("t"), "", "ci", List.of(Grant.of(Role.ADMIN)), Optional.empty()));
    request("a-1", "refunds", "", terms());
    assertRefused("a-1", Actor.token("token-1"), ErrorCode.FORBIDDEN, "nobody's");
    assertRefused("a-1", Actor.SYSTEM, ErrorCode.FORBIDDEN, "is no person");
    assertThat(status("a-1")).isEqualTo(Status.PENDING);
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);

    request("a-2", "refunds", "", "{\"amount\":1}", terms(List.of(), 1, false));
    answer("a-2", true, Actor.token("token-1"));
    assertThat(status("a-2")).isEqualTo(Status.APPROVED);
  }

  @Test
  void withFourEyesAProgramDoesNotAnswerForThePersonWhoMadeItsToken() {
    fixture
        .control()
        .submit(
            new Command.IssueToken(
                "token-1",
                Digest.of("t"),
                "",
                "ci",
                List.of(Grant.of(Role.ADMIN)),
                Optional.empty()),
            dana);
    request("a-1", "refunds", "", terms());
    assertRefused("a-1", Actor.token("token-1"), ErrorCode.FORBIDDEN, "is no person");
  }

  @Test
  void aTokenThatAPersonMadeIsNoSecondPerson() {
    fixture
        .control()
        .submit(
            new Command.IssueToken(
                "token-1",
                Digest.of("t"),
                "",
                "ci",
                List.of(Grant.of(Role.ADMIN)),
                Optional.empty()),
            dana);
    request("a-1", "refunds", "", terms(List.of(), 2, false));
    answer("a-1", true, dana);
    assertRefused("a-1", Actor.token("token-1"), ErrorCode.CONFLICT, "agreed");
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
  }

  @Test
  void whoLostTheRoleDoesNotCountAnyMore() {
    request("a-1", "refunds", "", terms(List.of(), 2, true));
    answer("a-1", true, fay);
    fixture.submit(new Command.DeleteResource("Person", "fay@example.com"));
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.PENDING);
    answer("a-1", true, dana);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
  }

  @Test
  void anEditMustBeAgreedToByAllOfThem() {
    request("a-1", "refunds", "", terms(List.of(), 2, true));
    answer("a-1", true, erik);
    edit("a-1", "{ \"amount\": 300 }", fay);
    assertThat(status("a-1")).isEqualTo(Status.PENDING);
    Approval edited = find("a-1");
    assertThat(edited.arguments()).isEqualTo(Digest.of("{\"amount\":300}"));
    assertThat(edited.edited().flatMap(fixture.state()::text)).contains("{\"amount\":300}");

    assertThatThrownBy(() ->
            fixture
                .control()
                .submit(
                    new Command.AnswerApproval(
                        "a-1",
                        true,
                        "",
                        Optional.empty(),
                        Optional.of(Digest.of(ARGUMENTS)),
                        Optional.empty()),
                    erik))
        .hasMessageContaining("edited since you saw them");
    answer("a-1", true, erik);
    assertThat(status("a-1")).isEqualTo(Status.APPROVED);
  }

  @Test
  void anAnswerAtTheExpiryComesTooLate() {
    request("a-1", "refunds", "", terms());
    while (fixture.now().isBefore(find("a-1").expiresAt())) {
      assertThat(status("a-1")).isEqualTo(Status.PENDING);
    }
    assertRefused("a-1", erik, ErrorCode.CONFLICT, "expired");
    assertThat(find("a-1").status(fixture.now())).isEqualTo(Status.EXPIRED);
    fixture.submit(new Command.ExpireApprovals());
    assertThat(status("a-1")).isEqualTo(Status.EXPIRED);
    assertThat(find("a-1").changedAt()).isEqualTo(find("a-1").expiresAt());
  }

  @Test
  void whatWasApprovedExpiresTooAndIsThenNotUsed() {
    request("a-1", "refunds", "", terms());
    answer("a-1", true, erik);
    while (fixture.now().isBefore(find("a-1").expiresAt())) {
      assertThat(status("a-1")).isEqualTo(Status.APPROVED);
    }
    assertThatThrownBy(() -> use("a-1")).hasMessageContaining("expired");
  }

  @Test
  void aYesMayBeTakenBackUntilTheCallIsMade() {
    request("a-1", "refunds", "", terms());
    answer("a-1", true, erik);
    answer("a-1", false, fay);
    assertThat(status("a-1")).isEqualTo(Status.DENIED);
    assertThatThrownBy(() -> use("a-1")).hasMessageContaining("denied, not approved");
  }

  @Test
  void peopleAndProgramsCannotUseOrRequest() {
    request("a-1", "refunds", "", terms());
    answer("a-1", true, erik);
    assertThatThrownBy(() -> fixture.control().submit(new Command.UseApproval("a-1"), dana))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThatThrownBy(
            () -> fixture.control().submit(Requests.of("a-2", "refunds", "{}", 1, 60), dana))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void minutesAddUpAndAreUnknownWhereNobodySaysAny() {
    request("a-1", "refunds", "", terms(List.of(), 2, true));
    assertThat(find("a-1").minutes()).isEmpty();
    for (Actor actor : Set.of(erik, fay)) {
      fixture
          .control()
          .submit(
              new Command.AnswerApproval(
                  "a-1",
                  true,
                  "",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new BigDecimal("1.25"))),
              actor);
    }
    assertThat(find("a-1").minutes()).contains(new BigDecimal("2.50"));
    assertThat(find("a-1").waited(fixture.now()).toSeconds()).isPositive();
  }

  @Test
  void oneAgentCannotFillTheInbox() {
    for (int i = 0; i < 1_000; i++) {
      request("a-" + i, "refunds", "", "{\"amount\":" + i + "}", hours());
    }
    assertThatThrownBy(() -> request("b", "refunds", "", "{\"amount\":-1}", hours()))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SLOW_DOWN));
    request("c", "triage", "", "{\"amount\":-1}", hours());
    assertThat(fixture.state().approvals().openCount()).isEqualTo(1_001);
  }

  private static List<ApprovalTerms> hours() {
    return List.of(new ApprovalTerms(List.of(), 1, true, Duration.ofHours(9)));
  }

  private static List<ApprovalTerms> terms() {
    return terms(List.of(), 1, true);
  }

  private static List<ApprovalTerms> terms(List<String> approvers, int count, boolean fourEyes) {
    return List.of(new ApprovalTerms(approvers, count, fourEyes, Duration.ofSeconds(60)));
  }

  private void request(String id, String agent, String key, List<ApprovalTerms> terms) {
    request(id, agent, key, ARGUMENTS, terms);
  }

  private void request(
      String id, String agent, String key, String arguments, List<ApprovalTerms> terms) {
    fixture.control().submit(Requests.of(id, agent, arguments, key, terms), Actor.agent(agent));
  }

  private void answer(String id, boolean approve, Actor actor) {
    fixture
        .control()
        .submit(
            new Command.AnswerApproval(
                id, approve, "", Optional.empty(), Optional.empty(), Optional.empty()),
            actor);
  }

  private void edit(String id, String arguments, Actor actor) {
    fixture
        .control()
        .submit(
            new Command.AnswerApproval(
                id, true, "", Optional.of(arguments), Optional.empty(), Optional.empty()),
            actor);
  }

  private void assertRefused(String id, Actor actor, ErrorCode code, String words) {
    assertThatThrownBy(() -> answer(id, true, actor))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private void use(String id) {
    fixture.submit(new Command.UseApproval(id));
  }

  private Status status(String id) {
    return find(id).status();
  }

  private Approval find(String id) {
    return fixture.state().approvals().find(id).orElseThrow();
  }

  private Actor person(String name) {
    return Actor.person(fixture.state().person(name).orElseThrow().id());
  }
}
