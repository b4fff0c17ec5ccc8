// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.RuleName;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Refusal;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.List;

/// Writes a call of an agent as one span of the GenAI conventions. It names the agent that is
/// called, and comes with the key of the one that calls.
final class AgentSpanWriter {
  private static final String OPERATION = "invoke_agent";

  private AgentSpanWriter() {}

  static byte[] write(AgentRecord call, Instant endedAt) {
    Caller caller = call.caller();
    return SpanWriter.request(
        caller == null ? "unknown_caller" : caller.agent().name(), List.of(span(call, endedAt)));
  }

  private static Span span(AgentRecord call, Instant endedAt) {
    Place place = call.place();
    Span.Builder span =
        SpanWriter.begun(
            call.id(), place, OPERATION + " " + call.agent(), call.startedAt(), endedAt);
    Attributes attributes = new Attributes(span);
    attributes.put("gen_ai.operation.name", OPERATION);
    SpanWriter.identity(call.agent(), place, attributes);
    attributes.put("steward.agent.call", call.operation());
    Caller caller = call.caller();
    attributes.put("steward.caller", caller == null ? "" : caller.agent().name());
    attributes.put("steward.chain", call.chain());
    Caller callee = call.callee();
    if (callee != null) {
      attributes.put("gen_ai.agent.version", callee.version().shortName());
      SpanWriter.trial(callee, attributes);
    }
    decision(call, attributes);
    SpanEnding.put(call.refusal(), call.error(), call.status(), span, attributes);
    return span.build();
  }

  private static void decision(AgentRecord call, Attributes attributes) {
    Refusal refusal = call.refusal();
    attributes.put(
        "steward.decision", call.pending() ? "require_approval" : SpanWriter.decision(refusal));
    attributes.put("steward.approval.id", call.approval());
    attributes.people(call.waited(), call.minutes());
    attributes.put("steward.sent", call.isSent());
    attributes.put("steward.fallback", call.fallback());
    attributes.put("steward.fallback.reason", call.trouble());
    Decision decision = call.decision();
    if (decision != null) {
      attributes.put(
          "steward.rules", decision.grounds().rules().stream().map(RuleName::toString).toList());
      attributes.put("steward.policy.reason", decision.grounds().reason());
    }
    if (refusal != null) {
      attributes.put("steward.refusal", refusal.kind().word());
    }
  }
}
