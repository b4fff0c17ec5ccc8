// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import java.util.List;
import java.util.random.RandomGenerator;

/// Answers questions about returns, many and quickly: a new prompt of it is tried on half of them,
/// and whoever watches sees the verdict come. Its process still has an older prompt of its own; the
/// gateway places the one that the version in force declares.
final class Returns implements Role {
  static final String AGENT = "returns";

  /// Where its first version was released to.
  static final String ENVIRONMENT = "staging";

  private static final String INSTRUCTIONS =
      "You answer questions about returns of coffee machines. Name the way back and its cost.";
  private static final double WELL = 0.94;
  private static final List<String> QUESTIONS =
      List.of(
          "How do I send the machine of order %s back?",
          "Who pays for the parcel if I return order %s?",
          "Order %s arrived twice. What shall I do with the second one?",
          "May I return order %s after I have used it once?");

  @Override
  public String agent() {
    return AGENT;
  }

  @Override
  public String environment() {
    return ENVIRONMENT;
  }

  @Override
  public boolean remembers() {
    return false;
  }

  @Override
  public int runsPerDay() {
    return 360;
  }

  @Override
  public List<String> tools() {
    return List.of();
  }

  @Override
  public void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException {
    RandomGenerator dice = stage.dice();
    String order = "W" + (8_840_000 + dice.nextInt(9_999));
    String task = "return-" + (100_000 + number.run());
    Act act =
        Act.begin(stage, timeline, task, INSTRUCTIONS, ScriptedModel.GPT_5_MINI)
            .of("answer-return", task);
    act.hears(QUESTIONS.get(dice.nextInt(QUESTIONS.size())).formatted(order));
    boolean well = dice.nextDouble() < WELL;
    act.says(
        well
            ? "Pack it as it came; the label for %s is in your account, and the parcel is free."
                .formatted(order)
            : "I am not sure about %s; please ask a colleague.".formatted(order));
    act.ends(well ? "success" : "failure", well ? 1 : 0);
  }
}
