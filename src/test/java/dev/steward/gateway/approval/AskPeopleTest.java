// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.approval.Approval;
import dev.steward.control.command.Command;
import dev.steward.control.watch.Expiries;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.approval.ApprovalEnding.Approved;
import dev.steward.gateway.approval.ApprovalEnding.Denied;
import dev.steward.gateway.approval.ApprovalEnding.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AskPeopleTest {
  private static final String ARGUMENTS = "{\"amount\":500}";
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir private Path folder;
  private People people;

  @BeforeEach
  void open() {
    people = new People(folder);
  }

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void theSameCallFindsItsApprovalAlsoAfterARestart() {
    Waiting first = (Waiting) people.ask(ARGUMENTS);
    assertThat(first.url()).isEqualTo("http://127.0.0.1:7070/approvals/a-0001");
    assertThat(first.text()).contains("refunds wants to change data with payments/refund");
    people.restart();
    // Spelt otherwise, the arguments are the same.
    Waiting again = (Waiting) people.ask("{ \"amount\" : 5e2 }");
    assertThat(again.approval()).isEqualTo(first.approval());

    people.approve(first.approval());
    people.restart();
    Approved approved = (Approved) people.ask(ARGUMENTS);
    assertThat(approved.verdict().grounds().rules()).containsExactly(People.LARGE);
    people.step.used(approved.approval());
    people.restart();
    assertThatThrownBy(() -> people.step.used(approved.approval()))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThat(people.ask(ARGUMENTS)).isInstanceOf(Waiting.class);
  }

  @Test
  void whatOneVersionAskedForIsNotRedeemedByAnother() {
    String id = people.ask(ARGUMENTS).approval();
    people.approve(id);

    Waiting other = (Waiting) people.ask(people.asking(ARGUMENTS, "9f9f", "key-1"));

    assertThat(other.approval()).isNotEqualTo(id);
    assertThat(other.text())
        .contains("refunds need a person; approval " + id, "version 0a1b", "version 9f9f", "anew");
    assertThat(people.ask(people.asking(ARGUMENTS, "9f9f", "key-1")).approval())
        .isEqualTo(other.approval());
    people.restart();
    assertThat(people.ask(ARGUMENTS))
        .as("the version that asked, when it is in force again")
        .isInstanceOfSatisfying(
            Approved.class, approved -> assertThat(approved.approval()).isEqualTo(id));
  }

  @Test
  void whatOneKeyAskedForIsNotRedeemedByAnother() {
    people.fixture.submit(
        new Command.IssueAgentKey("key-2", Digest.of("key-2"), "refunds", "development", ""));
    String id = people.ask(ARGUMENTS).approval();
    people.approve(id);

    Waiting other = (Waiting) people.ask(people.asking(ARGUMENTS, "0a1b", "key-2"));

    assertThat(other.approval()).isNotEqualTo(id);
    assertThat(other.text()).contains("another key of the agent");
    assertThat(people.ask(ARGUMENTS)).isInstanceOf(Approved.class);
  }

  @Test
  void aNoIsToldWithItsReasonAndAsksNobodyAgain() {
    String id = people.ask(ARGUMENTS).approval();
    people.answer(id, false, "the order was never paid", Optional.empty());
    Denied denied = (Denied) people.ask(ARGUMENTS);
    assertThat(denied.reason()).isEqualTo("a person denied it: the order was never paid");
    assertThat(people.fixture.state().approvals().all()).hasSize(1);
  }

  @Test
  void aHeldCallIsWokenByTheAnswer() throws InterruptedException {
    List<ApprovalEnding> endings = held(3);
    String id = people.ask(ARGUMENTS).approval();
    people.approve(id);
    joinAll();
    assertThat(endings).hasSize(3).allMatch(Approved.class::isInstance);
    assertThat(people.step.waiting()).isZero();
  }

  @Test
  void aHeldCallIsWokenByTheExpiry() throws InterruptedException {
    List<ApprovalEnding> endings = held(1);
    String id = people.ask(ARGUMENTS).approval();
    Approval approval = people.fixture.state().approvals().find(id).orElseThrow();
    while (people.fixture.now().isBefore(approval.expiresAt())) {
      assertThat(approval.status().open()).isTrue();
    }
    try (Expiries expiries = Expiries.of(people.fixture.control(), people.fixture::now)) {
      assertThat(expiries).isNotNull();
      joinAll();
    }
    assertThat(((Denied) endings.getFirst()).reason()).startsWith("nobody answered until");
  }

  @Test
  void aHeldCallThatIsCutReturnsAtOnceAndStaysInterrupted() throws InterruptedException {
    List<ApprovalEnding> endings = held(1);
    threads.getFirst().interrupt();
    joinAll();
    assertThat(endings.getFirst()).isInstanceOf(Waiting.class);
    assertThat(interrupted).containsExactly(true);
  }

  @Test
  void theHoldHasALimit() {
    Asking asking = people.asking(ARGUMENTS, "run-1", Duration.ofMillis(20));
    assertThat(people.ask(asking)).isInstanceOf(Waiting.class);
  }

  @Test
  void anApproverMayEditTheArgumentsAndOnlyTheseAreSent() {
    String id = people.ask(ARGUMENTS).approval();
    people.answer(id, true, "", Optional.of("{\"amount\": 300}"));
    Approved approved = (Approved) people.ask(ARGUMENTS);
    assertThat(approved.arguments()).isEqualTo(People.object("{\"amount\":300}"));
    // Who calls with the edited arguments calls something else, which nobody agreed to.
    assertThat(people.ask("{\"amount\":300}")).isInstanceOf(Waiting.class);
  }

  @Test
  void whoChangesTheRuleTakesBackWhatWasAgreedToUnderIt() {
    String id = people.ask(ARGUMENTS).approval();
    people.approve(id);
    people.fixture.apply(People.POLICY.replace("name: read", "name: lookup"));
    Approved approved = (Approved) people.ask(ARGUMENTS);
    assertThat(people.step.resumed(approved, People.decision())).isInstanceOf(Verdict.Allow.class);

    people.fixture.apply(People.POLICY.replace("expires: 1h", "expires: 2h"));
    assertThat(people.step.resumed(approved, People.decision())).isInstanceOf(Verdict.Deny.class);
    assertThat(people.ask(ARGUMENTS)).isInstanceOf(Waiting.class);
  }

  @Test
  void whatPolicySaysNowIsNeverLoosened() {
    String id = people.ask(ARGUMENTS).approval();
    people.approve(id);
    Approved approved = (Approved) people.ask(ARGUMENTS);
    Verdict.Deny deny = new Verdict.Deny(Grounds.of(List.of(), "killed"));
    assertThat(people.step.resumed(approved, deny)).isEqualTo(deny);
    Verdict.Allow allow = new Verdict.Allow(Grounds.of(List.of(), "small"), Obligations.NONE);
    assertThat(people.step.resumed(approved, allow)).isEqualTo(allow);
    assertThat(
            people.step.resumed(
                approved, People.decision(People.LARGE, new RuleName("other", "1"))))
        .isInstanceOf(Verdict.Deny.class);
  }

  @Test
  void callsOutsideOfAKnownRunFindTheirApprovalToo() {
    String id = people.ask(people.asking(ARGUMENTS, "", Duration.ZERO)).approval();
    assertThat(people.ask(people.asking(ARGUMENTS, "", Duration.ZERO)).approval()).isEqualTo(id);
    assertThat(people.ask(people.asking(ARGUMENTS, "run-2", Duration.ZERO)).approval())
        .isNotEqualTo(id);
  }

  @Test
  void equalCallsAtOnceMakeOneApprovalAndOneOfThemUsesIt() throws InterruptedException {
    List<ApprovalEnding> endings = held(16);
    assertThat(people.fixture.state().approvals().all()).hasSize(1);
    people.approve("a-%s".formatted(people.ask(ARGUMENTS).approval().substring(2)));
    joinAll();
    int used = 0;
    for (ApprovalEnding ending : endings) {
      try {
        people.step.used(ending.approval());
        used++;
      } catch (ApiException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
      }
    }
    assertThat(used).isOne();
  }

  @Test
  void timeIsToldForTheSpan() {
    String id = people.ask(ARGUMENTS).approval();
    assertThat(people.step.timeOf(id).minutes()).isEmpty();
    people.fixture.submit(
        new Command.AnswerApproval(
            id,
            true,
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new java.math.BigDecimal("1.5"))));
    PeoplesTime time = people.step.timeOf(id);
    assertThat(time.minutes()).contains(new java.math.BigDecimal("1.5"));
    assertThat(time.waited()).isPositive();
  }

  @Test
  void minutesAreToldOnceHoweverOftenTheCallIsMade() {
    String id = people.ask(ARGUMENTS).approval();
    people.fixture.submit(
        new Command.AnswerApproval(
            id,
            false,
            "no",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new java.math.BigDecimal("1.5"))));
    assertThat(people.step.timeOf(id).minutes()).contains(new java.math.BigDecimal("1.5"));
    assertThat(people.ask(ARGUMENTS).approval()).isEqualTo(id);
    assertThat(people.step.timeOf(id).minutes()).as("they are paid already").isEmpty();
  }

  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Boolean> interrupted = new ConcurrentLinkedQueue<>();

  /// Calls that are held, all of which wait when it returns.
  private List<ApprovalEnding> held(int calls) throws InterruptedException {
    List<ApprovalEnding> endings = java.util.Collections.synchronizedList(new ArrayList<>());
    CountDownLatch begun = new CountDownLatch(calls);
    for (int i = 0; i < calls; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                begun.countDown();
                endings.add(people.ask(people.asking(ARGUMENTS, "run-1", LONG)));
                interrupted.add(Thread.currentThread().isInterrupted());
              }));
    }
    begun.await();
    while (people.step.waiting() < calls) {
      Thread.onSpinWait();
    }
    return endings;
  }

  private void joinAll() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
