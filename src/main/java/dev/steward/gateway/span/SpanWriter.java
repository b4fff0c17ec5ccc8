// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import com.google.protobuf.ByteString;
import dev.steward.domain.Usage;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.reading.Answered;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.JsonBody;
import dev.steward.gateway.wire.Refusal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes a call as one span of the GenAI conventions, as an agent's own exporter would.
final class SpanWriter {
  static final String SCOPE = "steward.gateway";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String[] PARAMETERS = {
    "temperature", "top_p", "top_k", "seed", "presence_penalty", "frequency_penalty"
  };

  private SpanWriter() {}

  /// The call's span, and beside it the run's own where that has changed.
  static byte[] write(CallRecord call, Instant endedAt, boolean withContent) {
    List<Span> spans = new ArrayList<>();
    spans.add(span(call, endedAt, withContent));
    if (call.root() != null) {
      spans.add(RootWriter.write(call, call.root(), endedAt));
    }
    return request(call, spans);
  }

  static byte[] request(CallRecord call, List<Span> spans) {
    String agent = call.agent();
    return request(agent == null ? "unknown_caller" : agent, spans);
  }

  /// @param service name of the agent
  static byte[] request(String service, List<Span> spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder().addAttributes(Attributes.text("service.name", service)))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName(SCOPE))
                        .addAllSpans(spans)))
        .build()
        .toByteArray();
  }

  private static Span span(CallRecord call, Instant endedAt, boolean withContent) {
    Place place = call.place();
    Span.Builder span = begun(call.id(), place, name(call), call.startedAt(), endedAt);
    Attributes attributes = new Attributes(span);
    attributes.put("gen_ai.operation.name", call.operation().genAi());
    identity(call.agent(), place, attributes);
    trial(call.caller(), attributes);
    request(call, withContent, attributes);
    answer(call, withContent, attributes);
    decision(call, attributes);
    undeclared(call, withContent, attributes);
    status(call, span, attributes);
    return span.build();
  }

  private static String name(CallRecord call) {
    Asked asked = call.asked();
    String model = call.choice() == null ? null : call.choice().model();
    String shown = model != null ? model : asked == null ? "" : asked.model();
    return (call.operation().genAi() + " " + shown).strip();
  }

  static void identity(@Nullable String agent, @Nullable Place place, Attributes attributes) {
    attributes.put("gen_ai.agent.name", agent);
    if (place != null) {
      if (place.said()) {
        attributes.put("steward.run.id", place.run());
      }
      attributes.put("gen_ai.conversation.id", place.conversation());
      attributes.put("steward.workflow", place.workflow());
      attributes.put("steward.task.id", place.task());
    }
  }

  static void trial(@Nullable Caller caller, Attributes attributes) {
    if (caller != null && caller.shadow().isPresent()) {
      attributes.put("steward.release.id", caller.shadow().get().release());
      attributes.put("steward.release.arm", "shadow");
      attributes.put("steward.copy.of", caller.shadow().get().traceId());
    }
    if (caller != null && caller.trial().isPresent()) {
      attributes.put("steward.release.id", caller.trial().get().release());
      attributes.put("steward.release.arm", caller.trial().get().arm().word());
    }
  }

  private static void request(CallRecord call, boolean withContent, Attributes attributes) {
    Asked asked = call.asked();
    ModelChoice choice = call.choice();
    if (choice != null) {
      attributes.put("gen_ai.provider.name", choice.priceName());
      attributes.put("gen_ai.request.model", choice.model());
      attributes.put("steward.upstream", choice.provider().name());
      attributes.put("steward.model.use", choice.use().use());
    }
    if (asked == null) {
      return;
    }
    if (choice == null) {
      attributes.put("gen_ai.request.model", asked.model());
    }
    attributes.put("steward.request.asked", asked.model());
    for (String parameter : PARAMETERS) {
      if (asked.body().read(parameter).isNumber()) {
        attributes.put(
            "gen_ai.request." + parameter,
            asked.body().read(parameter).decimalValue().doubleValue());
      }
    }
    if (asked.maxOutput() != null) {
      attributes.put("gen_ai.request.max_tokens", asked.maxOutput());
    }
    attributes.put("gen_ai.request.stream", asked.streams());
    if (withContent) {
      JsonBody body = asked.body();
      attributes.put("gen_ai.input.messages", body.rawBytes(asked.messagesIn()));
      attributes.put("gen_ai.system_instructions", body.rawBytes(asked.instructionsIn()));
      attributes.put("gen_ai.tool.definitions", body.rawBytes(asked.toolsIn()));
    }
  }

  private static void answer(CallRecord call, boolean withContent, Attributes attributes) {
    Answered answered = call.answered();
    attributes.put("gen_ai.response.model", answered.model());
    attributes.put("gen_ai.response.id", answered.responseId());
    attributes.put("openai.response.system_fingerprint", answered.fingerprint());
    attributes.put("gen_ai.response.finish_reasons", answered.finishReasons());
    if (withContent) {
      attributes.put("gen_ai.output.messages", answered.messages());
    }
    if (answered.reportedCost() != null) {
      attributes.put("gen_ai.usage.cost", answered.reportedCost().toPlainString());
    } else if (call.refusal() != null && call.attempts().isEmpty()) {
      // No provider was asked, so nothing was spent.
      attributes.put("gen_ai.usage.cost", "0");
    }
    if (call.firstByte() != null) {
      double seconds =
          java.time.Duration.between(call.startedAt(), call.firstByte()).toNanos() / 1e9;
      attributes.put("gen_ai.response.time_to_first_chunk", seconds);
    }
    Usage usage = call.usage();
    if (usage != null) {
      usage(usage, attributes);
      attributes.put("steward.usage.estimated", call.isEstimated());
    }
  }

  static void usage(Usage usage, Attributes attributes) {
    if (usage.input() != null) {
      attributes.put("gen_ai.usage.input_tokens", usage.input());
    }
    if (usage.output() != null) {
      attributes.put("gen_ai.usage.output_tokens", usage.output());
    }
    attributes.some("gen_ai.usage.cache_read.input_tokens", usage.cacheRead());
    attributes.some("gen_ai.usage.cache_creation.input_tokens", usage.cacheWrite());
    attributes.some("gen_ai.usage.reasoning.output_tokens", usage.reasoning());
    attributes.some("steward.usage.cache_write_1h", usage.cacheWrite1h());
    attributes.some("steward.usage.audio_input", usage.audioInput());
    attributes.some("steward.usage.audio_output", usage.audioOutput());
    attributes.some("steward.usage.audio_cache_read", usage.audioCacheRead());
    attributes.some("steward.usage.image_input", usage.imageInput());
    attributes.some("steward.usage.web_searches", usage.webSearches());
    attributes.put("steward.usage.service_tier", usage.serviceTier());
  }

  private static void decision(CallRecord call, Attributes attributes) {
    Refusal refusal = call.refusal();
    attributes.put("steward.decision", decision(refusal));
    if (refusal != null) {
      attributes.put("steward.refusal", refusal.kind().word());
    }
    attributes.put("steward.note", call.note());
    attributes.put("steward.chain", call.onBehalf());
    attributes.put("steward.flags", call.flags());
    if (!call.judged().isEmpty()) {
      attributes.put("steward.proposals", JSON.writeValueAsString(call.judged()));
    }
    attributes.people(call.waited(), call.minutes());
    attributes.put("steward.charged.reservation", call.isReservationCharged());
    if (call.attempts().size() > 1 || refusal != null) {
      attributes.put("steward.attempts", JSON.writeValueAsString(call.attempts()));
    }
    if (call.status() > 0) {
      attributes.put("http.response.status_code", call.status());
    }
  }

  private static void undeclared(CallRecord call, boolean withContent, Attributes attributes) {
    attributes.put("steward.undeclared", call.undeclared());
    if (withContent) {
      attributes.put("steward.undeclared.diff", call.undeclaredDetail());
    }
  }

  static String decision(@Nullable Refusal refusal) {
    if (refusal == null) {
      return "allow";
    }
    return switch (refusal.kind()) {
      case UNAUTHENTICATED, DENIED, KILLED, LOOP, BUDGET, NO_SUCH_MODEL -> "deny";
      default -> "allow";
    };
  }

  private static void status(CallRecord call, Span.Builder span, Attributes attributes) {
    Refusal refusal = call.refusal();
    if (refusal != null) {
      attributes.put("error.type", refusal.kind().word());
    } else if (call.status() >= 400) {
      attributes.put("error.type", Integer.toString(call.status()));
    } else if (call.answered().error() != null) {
      attributes.put("error.type", "stream-error");
    } else if (!call.note().isEmpty()) {
      attributes.put("error.type", call.note());
    } else {
      return;
    }
    if (refusal != null && refusal.kind().stopsRun()) {
      span.addEvents(stopped(refusal, span.getEndTimeUnixNano()));
    }
    span.setStatus(
        Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage(failure(call)));
  }

  /// Why the call was not answered.
  static String failure(CallRecord call) {
    Refusal refusal = call.refusal();
    String error = refusal == null ? call.answered().error() : refusal.message();
    return error == null ? call.note() : error;
  }

  /// The span of a call, before anything is said of it.
  static Span.Builder begun(
      String id, @Nullable Place place, String name, Instant startedAt, Instant endedAt) {
    Span.Builder span = Span.newBuilder();
    if (place != null) {
      span.setTraceId(hex(place.traceId()));
      if (place.parentSpanId() != null) {
        span.setParentSpanId(hex(place.parentSpanId()));
      }
    }
    return span.setSpanId(hex(id))
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .setName(name)
        .setStartTimeUnixNano(nanos(startedAt))
        .setEndTimeUnixNano(nanos(endedAt));
  }

  static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  static ByteString hex(String id) {
    return ByteString.copyFrom(HexFormat.of().parseHex(id));
  }

  /// The outcome of a run that was stopped, until a later one is told.
  static Span.Event stopped(Refusal refusal, long at) {
    return Span.Event.newBuilder()
        .setName("gen_ai.evaluation.result")
        .setTimeUnixNano(at)
        .addAttributes(Attributes.text("gen_ai.evaluation.name", "outcome"))
        .addAttributes(
            Attributes.text("gen_ai.evaluation.score.label", "stopped: " + refusal.kind().word()))
        .addAttributes(Attributes.text("gen_ai.evaluation.explanation", refusal.message()))
        .build();
  }
}
