// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.SampledRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a sampled model call as one span of the GenAI and MCP conventions.
final class SampledSpanWriter {
  private static final JsonMapper JSON = JsonMapper.shared();

  private SampledSpanWriter() {}

  static byte[] write(SampledRecord call, Instant endedAt, boolean withContent) {
    return SpanWriter.request(
        call.caller().agent().name(), List.of(span(call, endedAt, withContent)));
  }

  private static Span span(SampledRecord call, Instant endedAt, boolean withContent) {
    Place place = call.place();
    Span.Builder span =
        SpanWriter.begun(
            call.id(), place, ("chat " + call.model()).strip(), call.startedAt(), endedAt);
    Attributes attributes = new Attributes(span);
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.request.model", call.hint().isEmpty() ? call.model() : call.hint());
    attributes.put("gen_ai.response.model", call.model());
    attributes.put("mcp.method.name", "sampling/createMessage");
    attributes.put("steward.sampled", true);
    attributes.put("steward.tool.server", call.server());
    attributes.put("steward.decision", "allow");
    SpanWriter.identity(call.caller().agent().name(), place, attributes);
    String reason = call.answered().path("stopReason").asString("");
    attributes.put(
        "gen_ai.response.finish_reasons", reason.isEmpty() ? List.of() : List.of(reason));
    if (call.usage().isPresent()) {
      SpanWriter.usage(call.usage().get(), attributes);
      attributes.put("steward.usage.estimated", call.estimated());
    }
    if (withContent) {
      ArrayNode asked = JSON.createArrayNode();
      call.asked().path("messages").forEach(message -> asked.add(message(message, "user")));
      attributes.put("gen_ai.input.messages", asked.isEmpty() ? "" : asked.toString());
      ArrayNode answered = JSON.createArrayNode().add(message(call.answered(), "assistant"));
      attributes.put("gen_ai.output.messages", answered.toString());
      JsonNode system = call.asked().path("systemPrompt");
      if (system.isString()) {
        ArrayNode parts = JSON.createArrayNode();
        parts.addObject().put("type", "text").put("content", system.stringValue());
        attributes.put("gen_ai.system_instructions", parts.toString());
      }
    }
    return span.build();
  }

  /// A message as the conventions have it.
  private static ObjectNode message(JsonNode said, String role) {
    ObjectNode message = JSON.createObjectNode();
    message.put("role", said.path("role").asString(role));
    ArrayNode parts = message.putArray("parts");
    JsonNode content = said.path("content");
    for (JsonNode block : content.isArray() ? content.values() : List.of(content)) {
      if (block.path("text").isString()) {
        parts.addObject().put("type", "text").put("content", block.path("text").stringValue());
      } else if (block.isObject()) {
        parts.add(block);
      }
    }
    return message;
  }
}
