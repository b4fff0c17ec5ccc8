// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.view.CallBindings;
import dev.steward.console.view.CallBindings.Binding;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.evidence.CallEvidence;
import dev.steward.trace.evidence.CallVerdict;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the activity ledger says of a run's calls that passed the gateway: of all where they are
/// few, else of the first and the last, since each must be read whole.
///
/// @param calls how many there are
/// @param checked those that were looked at, in the order of the run
public record CallSample(int calls, List<Checked> checked) {
  /// Of a run without such calls.
  public static final CallSample NONE = new CallSample(0, List.of());

  /// How many are looked at from each end.
  static final int EACH_END = 10;

  public CallSample {
    checked = List.copyOf(checked);
  }

  /// One call.
  ///
  /// @param step its span on the run's page
  /// @param entry that binds it, null without one
  public record Checked(Span step, CallVerdict verdict, @Nullable Long entry) {}

  /// @param tree the run's steps
  public static CallSample of(Run run, SpanTree tree, TraceQueries traces, CallBindings bindings) {
    List<Span> calls = tree.spans().stream().filter(CallEvidence::concerns).toList();
    if (calls.isEmpty()) {
      return NONE;
    }
    Map<String, Span> steps = new LinkedHashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      if (i < EACH_END || i >= calls.size() - EACH_END) {
        steps.put(calls.get(i).key().spanId(), calls.get(i));
      }
    }
    return new CallSample(calls.size(), checked(run.traceId(), steps, traces, bindings));
  }

  private static List<Checked> checked(
      String traceId, Map<String, Span> steps, TraceQueries traces, CallBindings bindings) {
    Map<String, String> stepOf = new HashMap<>();
    List<Span> whole = new ArrayList<>();
    for (Span span : traces.spans(traceId, steps.keySet())) {
      if (CallEvidence.concerns(span)) {
        whole.add(span);
        stepOf.put(span.key().spanId(), span.key().spanId());
      }
    }
    if (whole.size() < steps.size()) {
      whole.addAll(elsewhere(traceId, steps.keySet(), stepOf, traces));
    }
    Map<String, Binding> byStep = new HashMap<>();
    for (Binding binding : bindings.of(whole)) {
      byStep.put(String.valueOf(stepOf.get(binding.spanId())), binding);
    }
    List<Checked> checked = new ArrayList<>();
    steps.forEach((id, step) -> {
      Binding binding = byStep.get(id);
      if (binding != null) {
        checked.add(new Checked(step, binding.verdict(), binding.entry()));
      }
    });
    return checked;
  }

  /// The gateway's own word on steps that stand where their agent told of them.
  private static List<Span> elsewhere(
      String traceId, Set<String> steps, Map<String, String> stepOf, TraceQueries traces) {
    Map<String, String> found = new HashMap<>();
    OneStep.pairs(traces.outline(traceId))
        .forEach((agents, gateway) -> {
          if (steps.contains(agents) && !stepOf.containsKey(agents)) {
            found.put(gateway.key().spanId(), agents);
          }
        });
    stepOf.putAll(found);
    return traces.spans(traceId, found.keySet());
  }
}
