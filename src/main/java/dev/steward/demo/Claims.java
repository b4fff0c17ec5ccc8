// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Decides small insurance claims. Its story is a slow one: for most of the history it approves 85
/// of a hundred, and in the last days 91, though nobody touched its code: a clause of the policies
/// that it reads has become another one. Most claims are decided by the policy alone. Live it
/// begins with a backlog, and now and then its provider asks it to wait.
final class Claims implements Role {
  static final int STEADY_DAYS = 9;

  /// What is decided is chance, but the same chance in every demo.
  private static final long SEED = 13_000_039;

  /// One in so many is looked at with all tools.
  private static final int LOOKED_AT = 5;

  /// Claims that lie there when the live part begins.
  private static final int BACKLOG = 13;

  private static final String INSTRUCTIONS =
      """
      You decide claims of up to 2,000 EUR. Read the policy and the photos' report. Approve what is \
      covered, decline what is not and name the clause.\
      """;

  @Override
  public String agent() {
    return "claims";
  }

  @Override
  public int runsPerDay() {
    return 62;
  }

  @Override
  public int toldPerDay() {
    return LOOKED_AT * runsPerDay();
  }

  @Override
  public List<String> tools() {
    return List.of("get_claim", "photo_report", "approve_claim", "decline_claim");
  }

  @Override
  public boolean streams() {
    return false;
  }

  @Override
  public List<Integer> opening(int from) {
    return IntStream.range(from, from + BACKLOG).boxed().toList();
  }

  @Override
  public void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException {
    boolean approved =
        new SplittableRandom(SEED + number.run()).nextDouble()
            < (number.day() < STEADY_DAYS ? 0.85 : 0.91);
    switch (timeline) {
      // The others are decided as in the past: another mix would be drift too.
      case Timeline.Live _ when number.opening() || number.isEvery(LOOKED_AT, 1) ->
          look(stage, timeline, number, approved);
      case Timeline.Simulated _ when number.isEvery(LOOKED_AT, 0) ->
          look(stage, timeline, new StoryNumber(number.day(), number.run() / LOOKED_AT), approved);
      case Timeline.Live _, Timeline.Simulated _ -> decide(stage, timeline, number, approved);
    }
  }

  /// By the policy alone.
  private static void decide(Stage stage, Timeline timeline, StoryNumber number, boolean approved)
      throws InterruptedException {
    int claim = 70_000 + stage.dice().nextInt(9_999);
    Act act =
        Act.begin(stage, timeline, "claim-" + claim, INSTRUCTIONS, ScriptedModel.GPT_5_MINI)
            .of("decide-claim", "claim-" + claim);
    act.hears("Claim %d: a cracked pane, 120 EUR.".formatted(claim));
    reads(act, number);
    if (approved) {
      act.says("Claim %d is approved: 120 EUR, clause 4.1, glass.".formatted(claim));
      act.ends("approved", 1);
    } else {
      act.says("Claim %d is declined by clause 7.1: wear over time.".formatted(claim));
      act.ends("declined", 1);
    }
  }

  /// The clause that is another one from some day on; nobody declares it.
  private static void reads(Act act, StoryNumber number) throws InterruptedException {
    String clause =
        number.day() < STEADY_DAYS
            ? "Wear over time is not covered."
            : "Wear over time is not covered, but for damage below 150 EUR.";
    act.retrieves(
        "policies", "HOME-3 clause 7.1", List.of(Map.of("id", "HOME-3/7.1", "content", clause)));
  }

  /// With all tools.
  private static void look(Stage stage, Timeline timeline, StoryNumber number, boolean approved)
      throws InterruptedException {
    RandomGenerator dice = stage.dice();
    int claim = 70_000 + dice.nextInt(9_999);
    int amount = 90 + dice.nextInt(1_700);
    Act act =
        Act.begin(stage, timeline, "claim-" + claim, INSTRUCTIONS, ScriptedModel.GPT_5_MINI)
            .of(
                number.opening() || number.isEvery(40, 11) ? "claims-backlog" : "decide-claim",
                "claim-" + claim);
    if (number.isEvery(15, 6)) {
      act.meets(429);
    }
    act.hears("Claim %d: water damage, %d EUR.".formatted(claim, amount));
    act.uses(
        "get_claim",
        Map.of("claim", claim),
        Map.of("claim", claim, "amount", amount, "policy", "HOME-3", "holder", "P-" + claim % 997));
    act.uses(
        "photo_report",
        Map.of("claim", claim),
        Map.of("cause", "burst pipe", "confidence", 0.6 + 0.4 * dice.nextDouble()));
    if (number.isEvery(29, 8)) {
      act.isReviewed("second-look", 2 + claim % 3);
    }
    if (approved) {
      act.uses("approve_claim", Map.of("claim", claim, "amount", amount), Map.of("state", "paid"));
      act.says("Claim %d is approved: %d EUR, clause 4.2, burst pipe.".formatted(claim, amount));
      act.ends("approved", 1);
    } else {
      act.uses(
          "decline_claim", Map.of("claim", claim, "clause", "7.1"), Map.of("state", "declined"));
      act.says(
          "Claim %d is declined by clause 7.1: wear over time is not covered.".formatted(claim));
      act.ends("declined", 1);
    }
  }
}
