// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.frame.TimeRange;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQuery.Sort;
import dev.steward.trace.run.RunStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The filters of the runs page, as its address says them. What it cannot read it leaves out.
record RunsRequest(PageRequest request, TimeRange range, Reader reader, Set<String> visible) {
  static final int LIMIT = 50;

  Sort sort() {
    String sort = request.parameter("sort");
    return Arrays.stream(Sort.values())
        .filter(s -> s.name().toLowerCase(Locale.ROOT).equals(sort))
        .findFirst()
        .orElse(Sort.STARTED);
  }

  boolean descending() {
    return !"asc".equals(request.parameter("order"));
  }

  @Nullable RunStatus status() {
    String status = request.parameter("status");
    return Arrays.stream(RunStatus.values())
        .filter(s -> s.word().equals(status))
        .findFirst()
        .orElse(null);
  }

  @Nullable Boolean errors() {
    return switch (request.parameter("errors")) {
      case "yes" -> true;
      case "no" -> false;
      case null, default -> null;
    };
  }

  /// Whether new runs belong at the head of what is shown.
  boolean live() {
    return sort() == Sort.STARTED && descending() && request.parameter("cursor") == null;
  }

  /// The runs that may be seen, of those that match.
  Page<Run> find(TraceQueries traces, @Nullable String cursor) {
    Page<Run> found = traces.runs(query(cursor));
    return new Page<>(found.items().stream().filter(reader::sees).toList(), found.next());
  }

  private @Nullable Set<String> agents(@Nullable String agent) {
    if (agent != null) {
      return Set.of(agent);
    }
    return reader.seesAll() ? null : visible;
  }

  private RunQuery query(@Nullable String cursor) {
    String agent = request.parameter("agent");
    return new RunQuery(
        agents(agent),
        request.parameter("version"),
        request.parameter("environment"),
        request.parameter("workflow"),
        request.parameter("task"),
        request.parameter("conversation"),
        status(),
        request.parameter("outcome"),
        request.parameter("model"),
        request.parameter("tool"),
        request.parameter("source"),
        request.parameter("team"),
        null,
        "unknown".equals(request.parameter("cost")) ? Boolean.FALSE : null,
        null,
        errors(),
        reader.readsAllContent() ? request.parameter("q") : null,
        range.from(),
        range.to(),
        sort(),
        descending(),
        LIMIT,
        cursor);
  }
}
