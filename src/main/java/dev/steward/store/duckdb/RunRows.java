// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.CostLine;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// A run and its cost lines as rows, there and back. Columns stand in the order of the schema.
final class RunRows {
  private static final RunStatus[] STATUSES = RunStatus.values();

  private RunRows() {}

  static void append(Row row, LocalDate day, AssembledRun assembled) throws SQLException {
    Run run = assembled.run();
    row.begin()
        .day(day)
        .id(Ids.trace(run.traceId()))
        .text(run.id().substring(run.traceId().length()))
        .big(run.rootSpanId() == null ? null : Long.valueOf(Ids.span(run.rootSpanId())))
        .text(run.agent())
        .yes(run.registered())
        .text(run.version())
        .text(run.environment())
        .text(run.team())
        .text(run.workflow())
        .text(run.task().equals(run.id()) ? null : run.task())
        .text(run.conversation())
        .tiny(run.status().ordinal())
        .text(run.outcome())
        .real(run.score())
        .big(Ids.nanos(run.startedAt()))
        .big(Ids.nanos(assembled.ended()))
        .big(Ids.nanos(assembled.firstSeen()))
        .big(Ids.nanos(run.lastSeen()))
        .whole(run.spans())
        .whole(run.steps())
        .whole(run.modelCalls())
        .whole(run.toolCalls())
        .whole(run.errors())
        .big(run.inputTokens())
        .big(run.outputTokens())
        .amount(run.cost().amount())
        .text(run.cost().currency())
        .whole(run.cost().priced())
        .whole(run.cost().unknown())
        .text(run.title())
        .yes(run.skewed())
        .texts(assembled.models())
        .texts(assembled.tools())
        .texts(assembled.sources())
        .texts(assembled.services())
        .end();
  }

  static void appendLines(Row row, LocalDate day, AssembledRun assembled) throws SQLException {
    Run run = assembled.run();
    for (CostLine line : assembled.lines()) {
      row.begin()
          .day(day)
          .id(Ids.trace(run.traceId()))
          .text(run.id().substring(run.traceId().length()))
          .text(run.agent())
          .text(run.version())
          .text(run.environment())
          .text(Ids.nullToEmpty(run.workflow()))
          .text(run.team())
          .big(Ids.nanos(line.minute()))
          .text(line.model())
          .text(line.tool())
          .text(line.currency())
          .amount(line.amount())
          .whole(line.priced())
          .whole(line.unknown())
          .whole(line.modelCalls())
          .big(line.inputTokens())
          .big(line.outputTokens())
          .end();
    }
  }

  /// The run as it was written, not yet judged by how long it has been silent.
  static AssembledRun read(ResultSet row) throws SQLException {
    String traceId = Ids.trace(row.getObject("trace", UUID.class));
    String id = traceId + row.getString("suffix");
    Long root = SpanRows.big(row, "root");
    String task = row.getString("task");
    RunStatus status = STATUSES[row.getByte("status")];
    long ended = row.getLong("ended");
    Run run =
        new Run(
            id,
            traceId,
            root == null ? null : Ids.span(root),
            row.getString("agent"),
            row.getBoolean("registered"),
            row.getString("version"),
            row.getString("environment"),
            row.getString("team"),
            row.getString("workflow"),
            task == null ? id : task,
            row.getString("conversation"),
            status,
            row.getString("outcome"),
            SpanRows.real(row, "score"),
            Ids.at(row.getLong("started")),
            status.open() ? null : Ids.at(ended),
            Ids.at(row.getLong("last_seen")),
            row.getInt("spans"),
            row.getInt("steps"),
            row.getInt("model_calls"),
            row.getInt("tool_calls"),
            row.getInt("errors"),
            SpanRows.big(row, "input_tokens"),
            SpanRows.big(row, "output_tokens"),
            new RunCost(
                RunSums.normal(Objects.requireNonNull(row.getBigDecimal("cost"))),
                row.getString("currency"),
                row.getInt("priced"),
                row.getInt("unknown")),
            row.getString("title"),
            row.getBoolean("skewed"));
    return new AssembledRun(
        run,
        Ids.at(ended),
        Ids.at(row.getLong("first_seen")),
        texts(row, "models"),
        texts(row, "tool_names"),
        texts(row, "sources"),
        texts(row, "services"),
        List.of());
  }

  private static Set<String> texts(ResultSet row, String column) throws SQLException {
    Object[] texts = (Object[]) row.getArray(column).getArray();
    Set<String> set = new TreeSet<>();
    Arrays.stream(texts).forEach(text -> set.add((String) text));
    return set;
  }
}
