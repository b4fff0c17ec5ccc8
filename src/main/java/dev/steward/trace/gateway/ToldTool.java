// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.gateway;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Somebody's word on a tool call.
///
/// @param sender the agent whose key it came with
/// @param tool by the name that its own server gives it
/// @param callId that the model gave the call, "" where it is not said
/// @param run that the agent says it is in, "" where it says none
/// @param arguments fingerprint of them, 0 where they are not kept
/// @param byGateway whether our gateway says so
public record ToldTool(
    String sender,
    String tool,
    String callId,
    String run,
    int arguments,
    Instant started,
    Instant ended,
    Instant received,
    SpanKey span,
    boolean byGateway) {
  private static final JsonMapper SORTED =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /// Empty for what is no call of a tool by a known sender.
  public static Optional<ToldTool> of(Span span) {
    ToolFacts tool = span.tool();
    String sender = span.origin().sender();
    if (span.kind() != SpanKind.TOOL
        || tool == null
        || sender == null
        || span.teller() == Teller.MOVED) {
      return Optional.empty();
    }
    String callId = tool.callId() == null ? proposal(span) : tool.callId();
    String run = span.origin().run();
    Message arguments = span.content().arguments();
    return Optional.of(
        new ToldTool(
            sender,
            tool.own(),
            callId,
            run == null ? "" : run,
            arguments == null ? 0 : fingerprint(arguments.json()),
            span.startedAt(),
            span.endedAt(),
            span.received(),
            span.key(),
            span.teller().gateway()));
  }

  /// What our gateway found out of the call's id.
  private static String proposal(Span span) {
    return span.teller().gateway()
        ? SORTED.readTree(span.raw().attributesJson()).path("steward.proposal.id").asString("")
        : "";
  }

  /// The same for equal JSON, whatever the order of its members.
  private static int fingerprint(String json) {
    try {
      Object value = SORTED.readValue(json, Object.class);
      if (value instanceof String text && text.stripLeading().startsWith("{")) {
        value = SORTED.readValue(text, Object.class);
      }
      int hash = SORTED.writeValueAsString(value).hashCode();
      return hash == 0 ? 1 : hash;
    } catch (JacksonException _) {
      // What is no JSON is compared as it stands.
      return json.hashCode() | 1;
    }
  }
}
