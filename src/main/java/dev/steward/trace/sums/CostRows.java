// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.sums;

import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.CostLine;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.Run;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Groups cost lines as a query asks. A line belongs to the stretch of time that its minute starts
/// in.
public final class CostRows {
  static final Comparator<List<String>> IN_ORDER =
      (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
          int place = one.get(i).compareTo(other.get(i));
          if (place != 0) {
            return place;
          }
        }
        return 0;
      };

  private final CostQuery query;
  private final Map<List<String>, Group> groups = new TreeMap<>(IN_ORDER);

  public CostRows(CostQuery query) {
    this.query = query;
  }

  public void add(AssembledRun assembled) {
    Run run = assembled.run();
    for (CostLine line : assembled.lines()) {
      if (asked(run, line)) {
        List<String> key = query.by().stream().map(by -> value(by, run, line)).toList();
        groups.computeIfAbsent(key, _ -> new Group()).add(run.id(), line);
      }
    }
  }

  private boolean asked(Run run, CostLine line) {
    return !line.minute().isBefore(query.from())
        && line.minute().isBefore(query.to())
        && query.only().entrySet().stream()
            .allMatch(only -> only.getValue().contains(value(only.getKey(), run, line)));
  }

  /// Groups in order of their values.
  public List<CostQuery.Row> rows() {
    List<CostQuery.Row> rows = new ArrayList<>(groups.size());
    groups.forEach((key, group) -> rows.add(group.row(key, query.countsRuns())));
    return rows;
  }

  private static String value(CostQuery.By by, Run run, CostLine line) {
    return switch (by) {
      case AGENT -> line.agent();
      case CALLER -> run.agent();
      case VERSION -> line.version();
      case WHAT -> line.what().word();
      case PROVIDER -> line.provider();
      case STEP -> line.step();
      case MODEL -> line.model();
      case TOOL -> line.tool();
      case WORKFLOW -> run.workflow() == null ? "" : run.workflow();
      case TEAM -> line.team();
      case ENVIRONMENT -> run.environment();
      case RUN -> run.id();
      case DAY -> line.minute().toString().substring(0, 10);
      case HOUR -> line.minute().truncatedTo(ChronoUnit.HOURS).toString();
      case MINUTE -> line.minute().toString();
    };
  }

  private static final class Group {
    private final RunSums sums = new RunSums();
    private final Set<String> runs = new HashSet<>();
    private long modelCalls;
    private @Nullable Long input;
    private @Nullable Long output;

    void add(String run, CostLine line) {
      sums.add(line.currency(), line.amount(), line.priced(), line.unknown());
      runs.add(run);
      modelCalls += line.modelCalls();
      input = RunSums.plus(input, line.inputTokens());
      output = RunSums.plus(output, line.outputTokens());
    }

    CostQuery.Row row(List<String> key, boolean countsRuns) {
      Long counted = countsRuns ? Long.valueOf(runs.size()) : null;
      return new CostQuery.Row(key, sums.cost(), counted, modelCalls, input, output);
    }
  }
}
