// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.fact;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Span;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The few facts of a run that stand in the raw attributes only.
final class RawFacts {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String WAITING = "steward.waiting";
  private static final String DECISION = "steward.decision";
  private static final String ASKED = "require_approval";
  private static final String SOURCE = "gen_ai.data_source.id";

  private RawFacts() {}

  /// The agent says so, or our gateway asked a person about the call and had no answer.
  static boolean waiting(Span span) {
    if (span.kind() == SpanKind.TOOL && span.teller().gateway()) {
      JsonNode decision = attribute(span, DECISION);
      return decision != null && decision.asString().equals(ASKED);
    }
    JsonNode said = attribute(span, WAITING);
    return said != null && (said.isBoolean() ? said.booleanValue() : !said.asString().isBlank());
  }

  static @Nullable String source(Span span) {
    if (span.kind() != SpanKind.RETRIEVER && span.kind() != SpanKind.TOOL) {
      return null;
    }
    JsonNode said = attribute(span, SOURCE);
    return said == null ? null : said.asString();
  }

  private static @Nullable JsonNode attribute(Span span, String name) {
    String attributes = span.raw().attributesJson();
    if (!attributes.contains(name)) {
      return null;
    }
    try {
      return JSON.readTree(attributes).get(name);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("raw attributes are not JSON on " + span.key(), e);
    }
  }
}
