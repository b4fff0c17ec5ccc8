// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQuery.Sort;
import dev.steward.trace.run.RunQueryDraft;
import dev.steward.trace.run.RunStatus;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The filters of the runs page, as its address says them, under the names that the API gives them.
/// What it cannot read it leaves out.
///
/// @param zone in which a time without one is meant
/// @param labelled agents that carry the label that is asked for, null where none is
record RunsRequest(
    PageRequest request,
    TimeRange range,
    ZoneId zone,
    Reader reader,
    @Nullable Set<String> labelled) {
  static final int LIMIT = 50;
  private static final List<String> SAME_NAMES =
      List.of(
          "agent",
          "label",
          "version",
          "environment",
          "workflow",
          "task",
          "conversation",
          "status",
          "outcome",
          "model",
          "tool",
          "source",
          "team",
          "minCost",
          "costKnown",
          "minSeconds",
          "sort",
          "order");

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

  @Nullable Boolean costKnown() {
    return switch (request.parameter("costKnown")) {
      case "true" -> true;
      case "false" -> false;
      case null, default -> "unknown".equals(request.parameter("cost")) ? false : null;
    };
  }

  /// Whether the address names its own stretch of time instead of one of the usual ones.
  boolean custom() {
    return moment("from") != null || moment("to") != null;
  }

  Instant from() {
    Instant from = moment("from");
    return from != null ? from : custom() ? Instant.EPOCH : range.from();
  }

  Instant to() {
    Instant to = moment("to");
    return to == null ? range.to() : to;
  }

  /// A time with its zone, or as a field for times writes it, in the zone of the reader.
  @Nullable Instant moment(String name) {
    String written = request.parameter(name);
    if (written == null) {
      return null;
    }
    try {
      return written.endsWith("Z")
          ? Instant.parse(written)
          : LocalDateTime.parse(written).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      // what it cannot read it leaves out
      return null;
    }
  }

  private @Nullable BigDecimal number(String name) {
    String written = request.parameter(name);
    return written != null && written.matches("\\d{1,12}(\\.\\d{1,12})?")
        ? new BigDecimal(written)
        : null;
  }

  private @Nullable Duration least() {
    BigDecimal seconds = number("minSeconds");
    return seconds == null
        ? null
        : Duration.ofMillis(seconds.movePointRight(3).min(BigDecimal.valueOf(1e12)).longValue());
  }

  /// Whether new runs belong at the head of what is shown.
  boolean live() {
    return sort() == Sort.STARTED
        && descending()
        && request.parameter("cursor") == null
        && moment("to") == null;
  }

  /// The runs that match.
  ///
  /// @param traces as the reader may see them
  Page<Run> find(TraceQueries traces, @Nullable String cursor) {
    return traces.runs(query(cursor));
  }

  /// The address at which the API gives the same runs as a table of comma-separated values.
  PageUrl export() {
    PageUrl url = new PageUrl("/api/v1/runs.csv", request.query());
    Boolean errors = errors();
    Boolean known = costKnown();
    return url.to(url.path(), SAME_NAMES.toArray(String[]::new))
        .with("text", reader.readsAllContent() ? request.parameter("q") : null)
        .with("costKnown", known == null ? null : known.toString())
        .with("errors", errors == null ? null : errors.toString())
        .with("from", from().equals(Instant.EPOCH) ? null : from().toString())
        .with("to", moment("to") == null ? null : to().toString());
  }

  private @Nullable Set<String> agents() {
    String agent = request.parameter("agent");
    Set<String> labels = labelled;
    if (agent == null && labels == null) {
      return null;
    }
    Set<String> agents = new HashSet<>(labels == null ? Set.of(String.valueOf(agent)) : labels);
    if (agent != null) {
      agents.retainAll(Set.of(agent));
    }
    return agents;
  }

  private RunQuery query(@Nullable String cursor) {
    return RunQueryDraft.runs()
        .agents(agents())
        .version(request.parameter("version"))
        .environment(request.parameter("environment"))
        .workflow(request.parameter("workflow"))
        .task(request.parameter("task"))
        .conversation(request.parameter("conversation"))
        .status(status())
        .outcome(request.parameter("outcome"))
        .model(request.parameter("model"))
        .tool(request.parameter("tool"))
        .source(request.parameter("source"))
        .team(request.parameter("team"))
        .costAtLeast(number("minCost"))
        .costKnown(costKnown())
        .durationAtLeast(least())
        .errors(errors())
        .text(reader.readsAllContent() ? request.parameter("q") : null)
        .from(from())
        .to(to())
        .by(sort())
        .descending(descending())
        .limit(LIMIT)
        .behind(cursor)
        .build();
  }
}
