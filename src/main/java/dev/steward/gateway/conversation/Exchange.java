// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.conversation;

import dev.steward.gateway.turn.Fingerprint;
import java.util.List;

/// One thing an agent did and what came back: the tools a model asked for in one turn with their
/// answers, or what it said with what it heard. The order of calls made at once does not count.
///
/// @param deed fingerprint of all calls with their arguments, or of the words
/// @param answer fingerprint of all that came back, [Fingerprint#NONE] when nothing did
/// @param steps fingerprint of each call with its own answer
/// @param tools names, empty when it is words
record Exchange(long deed, long answer, List<Long> steps, List<String> tools) {
  Exchange {
    steps = List.copyOf(steps);
    tools = List.copyOf(tools);
  }

  long whole() {
    return Fingerprint.mix(deed, answer);
  }

  boolean words() {
    return tools.isEmpty();
  }
}
