// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.budget.LentWindow;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.command.Command;
import dev.steward.control.plan.Plan;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Budget;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More for one window of a budget, where an agent that it pays for runs in canary.
class TopUpsTest {
  @TempDir Path folder;
  private ControlFixture fixture;
  private TwoPeople people;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    people = TwoPeople.begin(fixture);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aFifthOfTheLimitIsAddedByOnePersonAndWhatIsMoreByTwo() {
    assertThat(topUp("1.5").proposed()).isEmpty();
    assertThat(topUp("0.5").proposed()).isEmpty();
    Plan.Proposed more = topUp("0.01").proposed().orElseThrow();

    String window = window().key().period();
    assertThat(more.widens())
        .containsExactly(
            "budget all: 2.01 USD are added to 10 USD in its window "
                + window
                + " for lookup in canary");
    assertThat(window().toppedUp()).isEqualByComparingTo("2");
    assertThatThrownBy(() -> accept(more.id(), "omar")).hasMessageContaining("second person");
    accept(more.id(), "olga");
    assertThat(window().toppedUp()).isEqualByComparingTo("2.01");
    assertThat(fixture.state().text(window().topUps().getLast().reason())).contains("needed");
    assertThat(fixture.replayed(fixture.state().sequence())).isEqualTo(fixture.state());
  }

  @Test
  void whatIsWantedTwiceIsProposedOnceAndKeptOverARestart() {
    Plan.Proposed more = topUp("90").proposed().orElseThrow();
    assertThat(topUp("90").proposed()).contains(more);
    State before = fixture.state();
    assertThat(
            SnapshotCodec.read(
                SnapshotCodec.write(before), new Shelf(fixture.ledger::blob, fixture.people)))
        .isEqualTo(before);
    fixture.restart();
    accept(more.id(), "olga");
    assertThat(window().toppedUp()).isEqualByComparingTo("90");
  }

  @Test
  void whatIsAcceptedIsWhatWasShown() {
    Plan.Proposed more = topUp("50").proposed().orElseThrow();
    topUp("1");
    assertThatThrownBy(() -> accept(more.id(), "olga"))
        .hasMessageContaining("by now it would widen more than was shown");
    fixture.control().submit(new Command.RejectChange(more.id(), "stale"), people.who("olga"));
    assertThat(fixture.state().proposals().find(more.id()).orElseThrow().status())
        .isEqualTo(Proposal.Status.REJECTED);
    assertThat(window().toppedUp()).isEqualByComparingTo("1");
  }

  @Test
  void aWindowThatIsOverIsToppedUpNoMore() {
    Plan.Proposed more = topUp("50").proposed().orElseThrow();
    for (int second = 0; second < 16 * 3600; second++) {
      fixture.now();
    }
    assertThatThrownBy(() -> accept(more.id(), "olga"))
        .hasMessageContaining("the window that it was wanted for is over");
    assertThat(window().toppedUp()).isZero();
  }

  @Test
  void whereNothingRunsInEarnestOnePersonAddsWhatTheyLike() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Budget
        metadata: {name: trying}
        spec: {scope: {environment: development}, window: day, limit: {cost: 1, currency: USD}}
        """);
    assertThat(topUp("trying", "100").proposed()).isEmpty();
  }

  @Test
  void whoMayNotTopUpProposesNothing() {
    assertThatThrownBy(() -> submit("all", "50", people.who("dana")))
        .hasMessageContaining("needs the permission OPERATE");
    assertThat(fixture.state().proposals().all()).isEmpty();
  }

  private Plan topUp(String amount) {
    return topUp("all", amount);
  }

  private Plan topUp(String budget, String amount) {
    return submit(budget, amount, people.who("omar"));
  }

  private Plan submit(String budget, String amount, Actor by) {
    return fixture
        .control()
        .submit(new Command.TopUpBudget(budget, "", new BigDecimal(amount), "needed"), by)
        .plan();
  }

  private void accept(String id, String name) {
    fixture.control().submit(new Command.AcceptChange(id, "looked at it"), people.who(name));
  }

  private LentWindow window() {
    Budget all = fixture.state().find(Budget.class, "all").orElseThrow();
    return fixture.state().budgets().window(WindowKey.at(all, fixture.now()));
  }
}
