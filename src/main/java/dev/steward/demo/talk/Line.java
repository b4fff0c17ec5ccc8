// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model is to say next, and how it comes out with it.
///
/// @param message one part, in the form of the GenAI conventions
/// @param thinking tokens that it spends before it speaks
/// @param first time to its first word
/// @param rest time from there to its last
/// @param troubles statuses that the provider answers before the model comes to speak, one a try
public record Line(
    ObjectNode message, long thinking, Duration first, Duration rest, List<Integer> troubles) {
  public Line {
    troubles = List.copyOf(troubles);
  }

  /// Whether it asks for a tool.
  public boolean calls() {
    return part().path("type").asString("").equals("tool_call");
  }

  /// What it says, or the arguments of the tool that it asks for.
  public String words() {
    return calls() ? part().path("arguments").toString() : part().path("content").asString("");
  }

  public String callId() {
    return part().path("id").asString("");
  }

  public String tool() {
    return part().path("name").asString("");
  }

  public long outputTokens() {
    return Words.tokens(words()) + 12 + thinking;
  }

  private JsonNode part() {
    return message.path("parts").path(0);
  }
}
