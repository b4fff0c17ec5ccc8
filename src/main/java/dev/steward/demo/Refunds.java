// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import java.util.List;
import java.util.random.RandomGenerator;

/// Answers questions about refunds, many and quickly: a new prompt of it is tried on half of them,
/// and whoever watches sees the verdict come. Its process still has an older prompt of its own; the
/// gateway places the one that the version in force declares.
final class Refunds implements Role {
  static final String AGENT = "refunds";

  /// Where its first version was released to.
  static final String ENVIRONMENT = "staging";

  private static final String INSTRUCTIONS =
      "You answer questions about refunds for coffee machines. Say what is paid back, and when.";
  private static final double WELL = 0.94;
  private static final List<String> QUESTIONS =
      List.of(
          "When do I get the money for order %s back?",
          "Do I get all of it back if I return order %s?",
          "Order %s was charged twice. Do I get the second payment back?",
          "I have used the machine of order %s once. Is there a refund still?");

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
    String task = "refund-" + (100_000 + number.run());
    Act act =
        Act.begin(stage, timeline, task, INSTRUCTIONS, ScriptedModel.GPT_5_MINI)
            .of("answer-refund", task);
    act.hears(QUESTIONS.get(dice.nextInt(QUESTIONS.size())).formatted(order));
    boolean well = dice.nextDouble() < WELL;
    act.says(
        well
            ? "All of it is paid back to the card that paid for %s, within three working days."
                .formatted(order)
            : "I am not sure about %s; please ask a colleague.".formatted(order));
    act.ends(well ? "success" : "failure", well ? 1 : 0);
  }
}
