// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.step;

import dev.steward.console.format.Took;
import dev.steward.console.step.StepDetail.Fact;
import dev.steward.trace.span.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a call's span says of the people who were asked about it.
public final class ApprovalFacts {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ApprovalFacts() {}

  /// Empty where nobody was asked, or where it is not the gateway that says so.
  public static List<Fact> of(Span span) {
    List<Fact> facts = new ArrayList<>();
    if (!span.teller().gateway()) {
      return facts;
    }
    JsonNode attributes = JSON.readTree(span.raw().attributesJson());
    String id = attributes.path("steward.approval.id").asString("");
    if (id.isEmpty()) {
      return facts;
    }
    facts.add(Fact.code("Approval", id));
    JsonNode waited = attributes.path("steward.approval.waited_ms");
    if (waited.isNumber()) {
      facts.add(Fact.code("Waited", Took.of(Duration.ofMillis(waited.longValue()))));
    }
    JsonNode minutes = attributes.path("steward.review.minutes");
    facts.add(
        minutes.isNumber()
            ? Fact.code("Review", minutes.asString() + " minutes")
            : Fact.of("Review", "time not known"));
    return facts;
  }
}
