// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlConfig;
import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.budget.LentWindow;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LendingTest {
  private static final String DAILY =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: daily}
      spec: {scope: {team: support}, window: day, limit: {cost: 10}}
      """;

  private ControlFixture fixture;
  private WindowKey key;

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new ControlFixture(folder, new ControlConfig(64, 5));
    fixture.apply(DAILY);
    key =
        WindowKey.at(
            fixture.state().find(Budget.class, "daily").orElseThrow(), ControlFixture.START);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void allNodesTogetherNeverHaveMoreThanTheLimit() {
    take("a", "7", "0");
    take("b", "7", "0");
    assertThat(window().share("a").lent()).isEqualByComparingTo("7");
    assertThat(window().share("b").lent()).isEqualByComparingTo("3");
    take("b", "1", "3");
    assertThat(window().taken()).isEqualByComparingTo("10");
  }

  @Test
  void whatIsGivenBackCanBeLentAgainButWhatWasSpentCannot() {
    take("a", "10", "0");
    fixture.submit(new Command.ReturnLease(key, "a", new BigDecimal("6"), new BigDecimal("4")));
    take("b", "10", "0");
    assertThat(window().share("b").lent()).isEqualByComparingTo("6");
  }

  @Test
  void whatWasSpentBeyondALeaseIsTakenToo() {
    take("a", "1", "0");
    fixture.submit(new Command.ReturnLease(key, "a", BigDecimal.ONE, new BigDecimal("3")));
    take("b", "10", "0");
    assertThat(window().share("b").lent()).isEqualByComparingTo("7");
  }

  @Test
  void aTopUpCanBeLent() {
    take("a", "10", "0");
    topUp("daily", "", "2.50", Actor.SYSTEM);
    take("a", "10", "0");
    assertThat(window().share("a").lent()).isEqualByComparingTo("12.5");
    assertThat(window().topUps().getFirst().by()).isEqualTo(Actor.SYSTEM);
  }

  @Test
  void aRestartAndASnapshotKnowAllOfIt() {
    for (int i = 0; i < 20; i++) {
      take("a", "0.10", "0");
    }
    topUp("daily", "", "2.50", Actor.SYSTEM);
    State before = fixture.state();
    assertThat(fixture.replayed(before.sequence())).isEqualTo(before);
    assertThat(fixture.restart().state().budgets()).isEqualTo(before.budgets());
    assertThat(window().toppedUp()).isEqualByComparingTo("2.5");
  }

  @Test
  void onlyTheServerLends() {
    assertThatThrownBy(() ->
            fixture
                .control()
                .submit(
                    new Command.TakeLease(key, "a", BigDecimal.ONE, BigDecimal.ZERO),
                    Actor.person("p")))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void whoOperatesTheTeamMayTopUpAndNobodyElse() {
    Actor support = token("support");
    Actor sales = token("sales");
    topUp("daily", "", "1", support);
    assertThatThrownBy(() -> topUp("daily", "", "1", sales))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThatThrownBy(() -> topUp("daily", "run-1", "1", support))
        .hasMessageContaining("leave the run out");
    assertThatThrownBy(() -> topUp("dayly", "", "1", support)).hasMessageContaining("daily");
  }

  private Actor token(String team) {
    fixture.submit(
        new Command.IssueToken(
            "token-" + team,
            Digest.of(team),
            "",
            "ci",
            List.of(new Grant(Role.OPERATOR, false, Set.of(team), Set.of(), Set.of())),
            Optional.empty()));
    return Actor.token("token-" + team);
  }

  private void topUp(String budget, String run, String amount, Actor actor) {
    fixture
        .control()
        .submit(new Command.TopUpBudget(budget, run, new BigDecimal(amount), "needed"), actor);
  }

  private void take(String node, String amount, String spent) {
    fixture.submit(new Command.TakeLease(key, node, new BigDecimal(amount), new BigDecimal(spent)));
  }

  private LentWindow window() {
    return fixture.state().budgets().window(key);
  }
}
