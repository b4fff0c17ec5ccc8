// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.dialogue.Dialogue.Heard;
import dev.steward.insight.dialogue.Dialogue.Part;
import dev.steward.insight.dialogue.Dialogue.Returned;
import dev.steward.insight.dialogue.Dialogue.Spoken;
import dev.steward.insight.dialogue.MessageText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Holds what was answered against what had been told and returned until then. For one dialogue.
final class Weighing {
  private static final int CLAIMS_MAX = 500;

  private final Set<Spoken> answers;
  private final Sources sources = new Sources();
  private final Set<String> seen = new HashSet<>();
  private final List<Claim> ungrounded = new ArrayList<>();
  private int claims;
  private boolean told;
  private boolean missing;

  Weighing(Set<Spoken> answers) {
    this.answers = answers;
  }

  Groundedness of(Dialogue dialogue) {
    for (Part part : dialogue.parts()) {
      switch (part) {
        case Heard heard -> {
          told = true;
          sources.add(heard.text());
        }
        case Returned returned -> {
          missing |= returned.result().isEmpty() && !returned.failed();
          sources.add(MessageText.flat(returned.result()));
        }
        case Spoken spoken -> {
          if (answers.contains(spoken)) {
            AnswerClaims.of(spoken.text(), spoken.spanId()).forEach(this::weigh);
          }
        }
      }
    }
    if (!told) {
      return new Groundedness.Unknown("what the agent was told was not captured");
    }
    if (missing && !ungrounded.isEmpty()) {
      return new Groundedness.Unknown("the result of a tool was not captured");
    }
    int listed = Math.min(Groundedness.LISTED_MAX, ungrounded.size());
    return new Groundedness.Known(claims, ungrounded.size(), ungrounded.subList(0, listed));
  }

  private void weigh(AnswerClaims.Found found) {
    if (claims < CLAIMS_MAX && seen.add(Sources.folded(found.claim().words()))) {
      claims++;
      if (!found.source().test(sources)) {
        ungrounded.add(found.claim());
      }
    }
  }
}
