// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.domain.Cost;
import dev.steward.domain.call.Feature;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.RuleName;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.ShadowDuty;
import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.wire.Refusal;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes a tool call as one span of the GenAI and MCP conventions.
final class ToolSpanWriter {
  private static final String OPERATION = "execute_tool";

  private ToolSpanWriter() {}

  static byte[] write(ToolRecord call, Instant endedAt, boolean withContent) {
    return SpanWriter.request(
        call.caller().agent().name(), List.of(span(call, endedAt, withContent)));
  }

  private static Span span(ToolRecord call, Instant endedAt, boolean withContent) {
    Place place = call.place();
    Span.Builder span = SpanWriter.begun(call.id(), place, name(call), call.startedAt(), endedAt);
    Attributes attributes = new Attributes(span);
    what(call, attributes);
    attributes.put("mcp.method.name", call.method());
    attributes.put("steward.tool.server", call.server());
    SpanWriter.identity(call.caller().agent().name(), place, attributes);
    SpanWriter.trial(call.caller(), attributes);
    attributes.put("steward.chain", call.chain());
    if (withContent) {
      attributes.put("gen_ai.tool.call.arguments", call.arguments());
      attributes.put("gen_ai.tool.call.result", call.result());
      attributes.put("steward.reason", call.reason());
    }
    decision(call, attributes);
    ending(call, span, attributes);
    return span.build();
  }

  private static String name(ToolRecord call) {
    if (call.ofTool()) {
      return OPERATION + " " + call.tool();
    }
    return Feature.of(call.tool()).filter(Feature.PROMPT::equals).isPresent()
        ? call.method() + " " + feature(call)
        : call.method();
  }

  /// The name without its kind.
  private static String feature(ToolRecord call) {
    return call.tool().substring(call.tool().indexOf(':') + 1);
  }

  private static void what(ToolRecord call, Attributes attributes) {
    if (call.ofTool()) {
      attributes.put("gen_ai.operation.name", OPERATION);
      attributes.put("gen_ai.tool.name", call.tool());
      attributes.put("gen_ai.tool.type", "function");
      attributes.put("gen_ai.tool.call.id", call.callId());
      return;
    }
    attributes.put("steward.span.kind", "tool");
    attributes.put("steward.tool.name", call.tool());
    Optional<Feature> feature = Feature.of(call.tool());
    if (feature.isPresent()) {
      switch (feature.get()) {
        case RESOURCE -> attributes.put("mcp.resource.uri", feature(call));
        case PROMPT -> attributes.put("gen_ai.prompt.name", feature(call));
        case ASKS -> {
          // Its method says it.
        }
      }
    }
  }

  private static void decision(ToolRecord call, Attributes attributes) {
    Decision decision = call.decision();
    Refusal refusal = call.refusal();
    attributes.put("steward.effect", call.effect());
    attributes.put("steward.decision", word(call));
    attributes.put("steward.sent", call.isSent());
    if (decision != null) {
      Grounds grounds = decision.grounds();
      attributes.put("steward.rules", names(grounds.rules()));
      attributes.put("steward.policy.reason", grounds.reason());
      grounds
          .shadow()
          .ifPresent(shadow -> {
            attributes.put("steward.shadow.decision", shadow.tier().word());
            attributes.put("steward.shadow.rules", names(shadow.rules()));
            attributes.put("steward.shadow.reason", shadow.reason());
            attributes.put(
                "steward.shadow.duties", call.shadowed().stream().map(ShadowDuty::words).toList());
          });
    }
    if (refusal != null) {
      attributes.put("steward.refusal", refusal.kind().word());
    }
    attributes.put("steward.copy.answer", call.instead());
    attributes.put("steward.approval.id", call.approval());
    attributes.people(call.waited(), call.minutes());
    if (call.ofTool()) {
      attributes.put("steward.why", call.proposedBy());
      attributes.put("steward.attribution", call.attribution());
      attributes.put("steward.proposal.id", call.proposal());
      attributes.put("steward.unattributed", call.proposedBy().isEmpty());
    }
    attributes.put("steward.flags", call.flags());
    if (call.cost() instanceof Cost.Known cost) {
      attributes.put("gen_ai.usage.cost", cost.amount().toPlainString());
    }
  }

  private static String word(ToolRecord call) {
    if (call.pending()) {
      return "require_approval";
    }
    return SpanWriter.decision(call.refusal());
  }

  private static List<String> names(List<RuleName> rules) {
    return rules.stream().map(RuleName::toString).toList();
  }

  private static void ending(ToolRecord call, Span.Builder span, Attributes attributes) {
    @Nullable Refusal refusal = call.refusal();
    String type = refusal == null ? call.error() : refusal.kind().word();
    if (type.isEmpty()) {
      return;
    }
    attributes.put("error.type", type);
    if (refusal != null && refusal.kind().stopsRun()) {
      span.addEvents(SpanWriter.stopped(refusal, span.getEndTimeUnixNano()));
    }
    span.setStatus(
        Status.newBuilder()
            .setCode(Status.StatusCode.STATUS_CODE_ERROR)
            .setMessage(refusal == null ? type : refusal.message()));
  }
}
