// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.RuleName;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Refusal;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a call of an agent as one span of the GenAI conventions. It names the agent that is
/// called, and comes with the key of the one that calls.
final class AgentSpanWriter {
  private static final String OPERATION = "invoke_agent";
  private static final int ERROR_FROM = 400;

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
    if (call.status() > 0) {
      attributes.put("http.response.status_code", call.status());
    }
    ending(call, span, attributes);
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

  /// A status stands in any case: without one the run would be taken to be at work.
  private static void ending(AgentRecord call, Span.Builder span, Attributes attributes) {
    @Nullable Refusal refusal = call.refusal();
    String type = type(call, refusal);
    if (type.isEmpty()) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK));
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

  private static String type(AgentRecord call, @Nullable Refusal refusal) {
    if (refusal != null) {
      return refusal.kind().word();
    }
    return call.error().isEmpty() && call.status() >= ERROR_FROM
        ? Integer.toString(call.status())
        : call.error();
  }
}
