// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import dev.steward.demo.talk.Words;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model that is only told of: nobody is asked, the script says what it said.
final class ScriptMind implements Mind {
  private final RandomGenerator dice;

  ScriptMind(RandomGenerator dice) {
    this.dice = dice;
  }

  @Override
  public Thought think(Wish wish, Timeline timeline) throws InterruptedException {
    String input = Words.list(wish.messages());
    long inputTokens = Words.tokens(input) + Words.tokens(wish.instructions()) + 240;
    long outputTokens = Words.tokens(words(wish.line())) + 12;
    ScriptedModel model = wish.model();
    timeline.pass(model.takes(outputTokens, dice));
    return new Thought(wish.line(), model.version(), "", inputTokens, outputTokens);
  }

  private static String words(ObjectNode line) {
    JsonNode part = line.path("parts").path(0);
    return part.has("arguments")
        ? part.path("arguments").toString()
        : part.path("content").asString("");
  }
}
