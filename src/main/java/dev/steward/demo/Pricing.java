// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import java.util.List;
import java.util.Map;

/// Somebody's experiment that nobody registered: it sends without a key and asks a model that no
/// price table knows.
final class Pricing implements Role {
  @Override
  public String agent() {
    return "pricing-poc";
  }

  @Override
  public int runsPerDay() {
    return 5;
  }

  @Override
  public boolean registered() {
    return false;
  }

  @Override
  public List<String> tools() {
    return List.of("competitor_prices");
  }

  @Override
  public void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException {
    Act act =
        Act.begin(
            stage,
            timeline,
            "poc-%d-%d".formatted(number.day(), number.run()),
            "You suggest prices.",
            ScriptedModel.IN_HOUSE);
    act.hears("What should we ask for the used grinder?");
    act.uses("competitor_prices", Map.of("item", "grinder"), Map.of("lowest", 89, "median", 120));
    act.says("115 USD.");
    act.ends("success", 1);
  }
}
