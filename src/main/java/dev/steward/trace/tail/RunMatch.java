// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCursor;
import dev.steward.trace.run.RunQuery;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a run is one that a query asks for, and where it stands in the order asked for.
final class RunMatch {
  private final RunQuery query;
  private final @Nullable RunCursor cursor;

  RunMatch(RunQuery query) {
    this.query = query;
    this.cursor = RunCursor.of(query);
  }

  /// A run that matched.
  ///
  /// @param value what it is sorted by
  record Hit(Run run, BigDecimal value) {}

  /// All but the text, which the holder of the content checks.
  boolean test(AssembledRun assembled, Run run) {
    return in(query.agents(), run.agent())
        && equal(query.version(), run.version())
        && equal(query.environment(), run.environment())
        && equal(query.workflow(), run.workflow())
        && equal(query.task(), run.task())
        && equal(query.conversation(), run.conversation())
        && equal(query.status(), run.status())
        && equal(query.outcome(), run.outcome())
        && equal(query.team(), run.team())
        && (query.model() == null || assembled.models().contains(query.model()))
        && (query.tool() == null || assembled.tools().contains(query.tool()))
        && (query.source() == null || assembled.sources().contains(query.source()))
        && sums(run)
        && time(run)
        && behindCursor(hit(run));
  }

  private boolean sums(Run run) {
    return (query.costAtLeast() == null || run.cost().amount().compareTo(query.costAtLeast()) >= 0)
        && (query.costAtMost() == null
            || (run.cost().priced() > 0 && run.cost().amount().compareTo(query.costAtMost()) <= 0))
        && (query.costKnown() == null || run.cost().known() == query.costKnown())
        && (query.durationAtLeast() == null
            || run.duration().compareTo(query.durationAtLeast()) >= 0)
        && (query.durationAtMost() == null || run.duration().compareTo(query.durationAtMost()) <= 0)
        && (query.errors() == null || run.errors() > 0 == query.errors());
  }

  private boolean time(Run run) {
    return (query.from() == null || !run.startedAt().isBefore(query.from()))
        && (query.to() == null || run.startedAt().isBefore(query.to()));
  }

  private boolean behindCursor(Hit hit) {
    if (cursor == null) {
      return true;
    }
    int byValue = hit.value().compareTo(cursor.value());
    int place = byValue != 0 ? byValue : hit.run().id().compareTo(cursor.id());
    return query.descending() ? place < 0 : place > 0;
  }

  Comparator<Hit> order() {
    Comparator<Hit> ascending =
        Comparator.comparing(Hit::value).thenComparing(hit -> hit.run().id());
    return query.descending() ? ascending.reversed() : ascending;
  }

  String cursorBehind(Hit hit) {
    return RunCursor.behind(query, hit.run());
  }

  /// The run with its place in the order asked for.
  Hit hit(Run run) {
    return new Hit(run, RunCursor.value(query, run));
  }

  private static boolean equal(@Nullable Object wanted, @Nullable Object is) {
    return wanted == null || Objects.equals(wanted, is);
  }

  private static boolean in(@Nullable Set<String> wanted, String is) {
    return wanted == null || wanted.contains(is);
  }
}
