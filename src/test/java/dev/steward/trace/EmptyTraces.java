// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.domain.Digest;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.util.List;
import java.util.Optional;

/// Traces of which there are none: what a fake starts from.
public abstract class EmptyTraces implements TraceQueries {

  @Override
  public Page<Run> runs(RunQuery query) {
    return new Page<>(List.of(), null);
  }

  @Override
  public Optional<Run> run(String id) {
    return Optional.empty();
  }

  @Override
  public List<Span> spans(String traceId) {
    return List.of();
  }

  @Override
  public List<Evaluation> evaluations(String traceId) {
    return List.of();
  }

  @Override
  public Optional<byte[]> content(Digest hash) {
    return Optional.empty();
  }

  @Override
  public List<CostQuery.Row> cost(CostQuery query) {
    return List.of();
  }

  @Override
  public List<CostQuery.TaskRow> tasks(CostQuery query) {
    return List.of();
  }

  @Override
  public List<AgentActivity> activity(ActivityQuery query) {
    return List.of();
  }

  @Override
  public List<ActivitySlice> slices(ActivityQuery query, int count) {
    return List.of();
  }

  @Override
  public List<UsedPart> used(ActivityQuery query) {
    return List.of();
  }
}
