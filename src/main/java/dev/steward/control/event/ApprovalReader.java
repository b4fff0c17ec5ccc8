// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.event;

import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.Question;
import dev.steward.domain.Digest;
import dev.steward.domain.decision.ApprovalTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads what the event of a requested approval is made of.
final class ApprovalReader {
  private ApprovalReader() {}

  static BoundCall call(JsonNode node) {
    return new BoundCall(
        text(node, "agent"),
        text(node, "environment"),
        text(node, "run"),
        text(node, "server"),
        text(node, "tool"),
        new Digest(text(node, "arguments")),
        new Digest(text(node, "rules")));
  }

  static Question question(JsonNode node) {
    List<ApprovalTerms> terms = new ArrayList<>();
    for (JsonNode term : member(node, "terms").values()) {
      terms.add(
          new ApprovalTerms(
              texts(term, "approvers"),
              member(term, "count").intValue(),
              member(term, "fourEyes").booleanValue(),
              Duration.parse(text(term, "expires"))));
    }
    return new Question(
        texts(node, "rules"),
        text(node, "reason"),
        terms,
        text(node, "effect"),
        text(node, "version"),
        text(node, "key"),
        text(node, "requester"),
        // It came later than the rest.
        node.has("starters") ? texts(node, "starters") : List.of(),
        text(node, "traceId"),
        text(node, "conversation"),
        member(node, "steps").longValue(),
        text(node, "spent"),
        text(node, "cost"));
  }

  private static List<String> texts(JsonNode node, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : member(node, name).values()) {
      texts.add(text.stringValue());
    }
    return texts;
  }

  private static String text(JsonNode node, String name) {
    return member(node, name).stringValue();
  }

  private static JsonNode member(JsonNode node, String name) {
    JsonNode member = node.get(name);
    if (member == null) {
      throw new IllegalArgumentException("an approval lacks its " + name);
    }
    return member;
  }
}
