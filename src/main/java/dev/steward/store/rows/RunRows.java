// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.CostLine;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A run and its cost lines as rows, there and back. Columns stand in the order of the schema.
public final class RunRows {
  private RunRows() {}

  public static void append(Row row, LocalDate day, AssembledRun assembled) throws SQLException {
    Run run = assembled.run();
    Instant since = assembled.ungovernedSince();
    begin(row, day, run)
        .span(run.rootSpanId())
        .text(run.agent())
        .yes(run.registered())
        .text(run.version())
        .text(run.environment())
        .text(run.team())
        .text(run.workflow())
        .text(run.task().equals(run.id()) ? null : run.task())
        .text(run.conversation())
        .tiny(Codes.of(run.status()))
        .text(run.outcome())
        .real(run.score())
        .at(run.startedAt())
        .at(assembled.ended())
        .at(assembled.firstSeen())
        .at(run.lastSeen())
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
        .whole(run.ungoverned())
        .big(since == null ? null : Ids.nanos(since))
        .whole(run.ungovernedTools())
        .end();
  }

  /// What every row of a run begins with.
  private static Row begin(Row row, LocalDate day, Run run) throws SQLException {
    return row.begin()
        .day(day)
        .trace(run.traceId())
        .text(run.id().substring(run.traceId().length()));
  }

  public static void appendLines(Row row, LocalDate day, AssembledRun assembled)
      throws SQLException {
    Run run = assembled.run();
    for (CostLine line : assembled.lines()) {
      begin(row, day, run)
          .text(line.agent())
          .text(line.version())
          .text(run.environment())
          .text(Ids.nullToEmpty(run.workflow()))
          .text(line.team())
          .at(line.minute())
          .text(line.model())
          .text(line.tool())
          .text(line.currency())
          .amount(line.amount())
          .whole(line.priced())
          .whole(line.unknown())
          .whole(line.modelCalls())
          .big(line.inputTokens())
          .big(line.outputTokens())
          .text(line.what().word())
          .text(line.provider())
          .text(line.step())
          .text(run.agent())
          .end();
    }
  }

  /// The run as it was written, not yet judged by how long it has been silent.
  public static AssembledRun read(ResultSet row) throws SQLException {
    Cells cells = new Cells(row);
    cells.day();
    String traceId = Ids.trace(cells.id());
    String id = traceId + cells.text();
    Long root = cells.bigOrNull();
    String agent = cells.text();
    boolean registered = cells.yes();
    String version = cells.text();
    String environment = cells.text();
    String team = cells.text();
    String workflow = cells.textOrNull();
    String task = cells.textOrNull();
    String conversation = cells.textOrNull();
    RunStatus status = Codes.RUN_STATUSES.get(cells.tiny());
    String outcome = cells.textOrNull();
    Double score = cells.realOrNull();
    Instant started = Ids.at(cells.big());
    Instant ended = Ids.at(cells.big());
    Instant firstSeen = Ids.at(cells.big());
    Run run =
        new Run(
            id,
            traceId,
            root == null ? null : Ids.span(root),
            agent,
            registered,
            version,
            environment,
            team,
            workflow,
            task == null ? id : task,
            conversation,
            status,
            outcome,
            score,
            started,
            status.open() ? null : ended,
            Ids.at(cells.big()),
            cells.whole(),
            cells.whole(),
            cells.whole(),
            cells.whole(),
            cells.whole(),
            cells.bigOrNull(),
            cells.bigOrNull(),
            cost(cells),
            cells.text(),
            cells.yes(),
            0,
            0);
    Set<String> models = cells.texts();
    Set<String> tools = cells.texts();
    Set<String> sources = cells.texts();
    Set<String> services = cells.texts();
    Long ungoverned = cells.bigOrNull();
    Long since = cells.bigOrNull();
    Long ungovernedTools = cells.bigOrNull();
    return new AssembledRun(
        since == null
            ? run
            : run.past(
                ungoverned == null ? 0 : ungoverned.intValue(),
                ungovernedTools == null ? 0 : ungovernedTools.intValue()),
        ended,
        firstSeen,
        models,
        tools,
        sources,
        services,
        List.of(),
        since == null ? null : Ids.at(since));
  }

  private static RunCost cost(Cells cells) throws SQLException {
    return new RunCost(
        RunSums.normal(Objects.requireNonNull(cells.amountOrNull())),
        cells.text(),
        cells.whole(),
        cells.whole());
  }
}
