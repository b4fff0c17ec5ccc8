// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes GenAI spans of one recorded run: the agent's invocation above all, a `chat` for every
/// model turn, an `execute_tool` for every tool that ran. Where another agent takes over, its turns
/// lie in an invocation of its own, linked to the step that handed over to it.
final class RunSpans {
  private static final int REQUEST_BYTES_MAX = 4 << 20;

  private final RecordedRun run;
  private final Timetable times;
  private final Conversation conversation = new Conversation();
  private final List<SpanWriter> spans = new ArrayList<>();
  private final ByteString rootId;
  private final boolean severalSpeak;
  private @Nullable Visit visit;
  private @Nullable ByteString lastStep;
  private @Nullable String lastOutput;

  /// Another agent at work: the steps of one speaker in a row.
  private record Visit(
      String agent, SpanWriter span, Instant start, int firstMessage, @Nullable ByteString by) {}

  private RunSpans(RecordedRun run, Instant end) {
    this.run = run;
    this.times = new Timetable(run, end);
    this.rootId = SpanWriter.spanId(run, "run");
    this.severalSpeak =
        run.steps().stream().anyMatch(step -> !actor(step, run.agent()).equals(run.agent()));
  }

  /// The spans of the run, in as few requests as their size allows.
  static List<ExportTraceServiceRequest> of(RecordedRun run, Instant end) {
    return new RunSpans(run, end).requests();
  }

  private List<ExportTraceServiceRequest> requests() {
    String asked = null;
    for (int at = 0; at < run.steps().size(); at++) {
      RecordedRun.Step step = run.steps().get(at);
      changeSpeaker(actor(step, visit == null ? run.agent() : visit.agent()), at);
      switch (step) {
        case RecordedRun.Told told -> {
          String message = Conversation.told(told.text());
          asked = asked == null ? message : asked;
          conversation.add(message);
        }
        case RecordedRun.Turn turn -> chat(turn, at);
        case RecordedRun.Action action -> tool(action, at);
      }
    }
    endVisit(times.end());
    root(asked);
    judge();
    return batches();
  }

  private static String actor(RecordedRun.Step step, String current) {
    return switch (step) {
      case RecordedRun.Told _ -> current;
      case RecordedRun.Turn turn -> turn.speaker();
      case RecordedRun.Action action -> action.by();
    };
  }

  private void changeSpeaker(String speaker, int at) {
    String current = visit == null ? run.agent() : visit.agent();
    if (speaker.equals(current)) {
      return;
    }
    Instant now = times.startOf(at);
    endVisit(now);
    if (!speaker.equals(run.agent())) {
      SpanWriter span = new SpanWriter(run, "visit " + at, "invoke_agent", speaker);
      visit = new Visit(speaker, span, now, conversation.size(), lastStep);
    }
  }

  private void endVisit(Instant end) {
    if (visit != null) {
      SpanWriter span = visit.span();
      span.parent(rootId).time(visit.start(), end).with("gen_ai.agent.name", visit.agent());
      ByteString by = visit.by();
      if (by != null) {
        span.handedOnBy(SpanWriter.traceId(run), by);
      }
      spans.add(span);
      visit = null;
    }
  }

  private ByteString parent() {
    return visit == null ? rootId : visit.span().id();
  }

  private void chat(RecordedRun.Turn turn, int at) {
    String model = run.model() == null ? "" : run.model();
    String output = Conversation.turn(severalSpeak ? turn.speaker() : null, turn);
    String instructions = run.instructions().get(turn.speaker());
    lastOutput = Conversation.list(List.of(output));
    SpanWriter span =
        new SpanWriter(run, "step " + turn.index(), "chat", model)
            .kind(Span.SpanKind.SPAN_KIND_CLIENT)
            .parent(parent())
            .time(times.startOf(at), times.endOf(at))
            .step(turn.index())
            .with("gen_ai.provider.name", run.provider())
            .with("gen_ai.request.model", model)
            .with("gen_ai.agent.name", turn.speaker())
            .with("gen_ai.input.messages", heard())
            .with("gen_ai.output.messages", lastOutput);
    if (instructions != null) {
      span.with("gen_ai.system_instructions", Conversation.instructions(instructions));
    }
    conversation.add(output);
    done(span);
  }

  private String heard() {
    return visit == null || run.heardByAll()
        ? conversation.all()
        : conversation.since(visit.firstMessage());
  }

  private void tool(RecordedRun.Action action, int at) {
    SpanWriter span =
        new SpanWriter(run, "step " + action.index(), "execute_tool", action.tool())
            .parent(parent())
            .time(times.startOf(at), times.endOf(at))
            .step(action.index())
            .with("gen_ai.tool.name", action.tool())
            .with("gen_ai.tool.type", "function")
            .with("gen_ai.tool.call.id", action.callId())
            .with("gen_ai.tool.call.arguments", action.argumentsJson())
            .with("gen_ai.tool.call.result", action.result());
    String error = action.error();
    if (error != null) {
      span.failed(error, action.errorMessage());
    }
    conversation.add(Conversation.result(action));
    done(span);
  }

  private void done(SpanWriter span) {
    spans.add(span);
    lastStep = span.id();
  }

  private void root(@Nullable String asked) {
    SpanWriter root =
        new SpanWriter(run, "run", "invoke_agent", run.agent())
            .time(times.start(), times.end())
            .with("gen_ai.agent.name", run.agent())
            .with("steward.import.source", run.key())
            .with("gen_ai.output.messages", lastOutput);
    if (asked != null) {
      root.with("gen_ai.input.messages", Conversation.list(List.of(asked)));
    }
    run.facts().forEach((name, value) -> root.with("steward.import." + name, value));
    spans.addFirst(root);
  }

  /// A judgement of a step that made no span, since somebody only said something, is the run's.
  private void judge() {
    for (RecordedRun.Judgement judgement : run.judgements()) {
      ByteString judged = SpanWriter.spanId(run, "step " + judgement.step());
      SpanWriter span =
          spans.stream()
              .filter(candidate -> candidate.id().equals(judged))
              .findFirst()
              .orElse(spans.getFirst());
      span.judged(judgement, times.end());
    }
  }

  private List<ExportTraceServiceRequest> batches() {
    List<ExportTraceServiceRequest> requests = new ArrayList<>();
    ScopeSpans.Builder batch = scope();
    long bytes = 0;
    for (SpanWriter writer : spans) {
      Span span = writer.builder().build();
      if (bytes > 0 && bytes + span.getSerializedSize() > REQUEST_BYTES_MAX) {
        requests.add(request(batch));
        batch = scope();
        bytes = 0;
      }
      batch.addSpans(span);
      bytes += span.getSerializedSize();
    }
    requests.add(request(batch));
    return requests;
  }

  private static ScopeSpans.Builder scope() {
    return ScopeSpans.newBuilder()
        .setScope(InstrumentationScope.newBuilder().setName("steward.import").setVersion("1"));
  }

  private ExportTraceServiceRequest request(ScopeSpans.Builder batch) {
    Resource.Builder resource =
        Resource.newBuilder()
            .addAttributes(SpanWriter.text("service.name", run.service()))
            .addAttributes(SpanWriter.text("deployment.environment.name", "recorded"))
            .addAttributes(SpanWriter.text("steward.import.format", run.benchmark().word()));
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().setResource(resource).addScopeSpans(batch))
        .build();
  }
}
