// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import dev.steward.control.json.PlainValues;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Taint;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.CallPrice;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Goes through one trace from its start and says at each tool call what was known then.
final class TraceReplay {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TraceQueries traces;
  private final State state;
  private final AgentsThen agents;
  private final Map<String, Optional<Run>> runs = new HashMap<>();
  private final Done done;

  /// @param first a run of the trace
  TraceReplay(TraceQueries traces, State state, AgentsThen agents, Run first) {
    this.traces = traces;
    this.state = state;
    this.agents = agents;
    this.done = new Done(first.traceId());
    runs.put(first.id(), Optional.of(first));
  }

  /// @param outline of the whole trace, in order of start
  /// @param told the spans that stand for its tool calls
  /// @param whole those with their content
  List<RecordedCall> calls(List<Span> outline, List<Span> told, List<Span> whole) {
    Map<String, String> runsOf = RunAssembler.runsOf(outline);
    Map<String, Span> calls = new HashMap<>();
    told.forEach(span -> calls.put(span.key().spanId(), span));
    whole.forEach(span -> calls.replace(span.key().spanId(), span));
    List<RecordedCall> found = new ArrayList<>();
    for (Span step : outline) {
      Optional<Run> run = run(runsOf.get(step.key().spanId()));
      if (run.isEmpty()) {
        continue;
      }
      Span call = calls.get(step.key().spanId());
      ToolFacts tool = call == null ? null : call.tool();
      if (call != null && tool != null) {
        RecordedCall recorded = recorded(run.get(), call, tool);
        found.add(recorded);
        if (passed(call)) {
          done.called(run.get().agent(), recorded.call().target(), call.total());
        }
      } else if (step.kind() == SpanKind.MODEL && passed(step)) {
        done.asked(run.get().agent(), step);
      }
    }
    return found;
  }

  private Optional<Run> run(@Nullable String id) {
    return id == null ? Optional.empty() : runs.computeIfAbsent(id, traces::run);
  }

  private RecordedCall recorded(Run run, Span span, ToolFacts tool) {
    ToolName name = ToolName.of(tool, run, state);
    JsonNode arguments = arguments(span);
    ToolCall call =
        new ToolCall(
            agents.caller(run, span.startedAt(), done.chain(run.agent())),
            name.server(),
            name.tool(),
            arguments == null ? Map.of() : PlainValues.of(arguments),
            attributed(span, tool));
    Facts facts = new Facts(span.startedAt(), done.soFar(), price(name), Taint.UNKNOWN);
    return new RecordedCall(
        call,
        facts,
        arguments != null,
        arguments == null ? "" : arguments.toString(),
        run,
        span.key().spanId(),
        span.startedAt());
  }

  private static @Nullable JsonNode arguments(Span span) {
    Message message = span.content().arguments();
    if (message == null) {
      return null;
    }
    try {
      JsonNode read = JSON.readTree(message.json());
      return read.isObject() ? read : null;
    } catch (JacksonException e) {
      // What an agent wrote need not be JSON; then its arguments are not known.
      return null;
    }
  }

  /// What our gateway found; of what an agent tells by itself, whether it names the model's
  /// request.
  private static boolean attributed(Span span, ToolFacts tool) {
    if (!span.teller().gateway()) {
      return tool.callId() != null;
    }
    return !JSON.readTree(span.raw().attributesJson())
        .path("steward.unattributed")
        .asBoolean(false);
  }

  private static boolean passed(Span span) {
    return Enforced.of(span).map(enforced -> enforced.decision().equals("allow")).orElse(true);
  }

  private Cost price(ToolName name) {
    Optional<CallPrice> price =
        state
            .find(ToolServer.class, name.server())
            .flatMap(server -> server.tool(name.tool()))
            .flatMap(ToolServer.Tool::price);
    return price.isPresent()
        ? new Cost.Known(price.get().amount(), price.get().currency(), Cost.Source.PRICED, "")
        : new Cost.Unknown("the tool has no price");
  }
}
