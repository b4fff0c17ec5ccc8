// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.MetricQueries;
import dev.steward.trace.span.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The metrics that agents and their services have sent, as they were sent. They name services and
/// not agents, so they are for those who may see the whole server.
public final class MetricsApi {
  private static final String GROUP = "Metrics";
  private static final Duration USUAL = Duration.ofDays(1);

  private final History history;
  private final InstantSource clock;

  public MetricsApi(History history, InstantSource clock) {
    this.history = history;
    this.clock = clock;
  }

  /// One page of series, by name.
  public record SeriesList(List<SeriesItem> items, @Nullable String next) {}

  /// One line of a metric.
  ///
  /// @param id names the series where its points are asked for
  public record SeriesItem(
      String id, String name, String unit, String service, JsonNode attributes) {}

  /// One page of points, the oldest first.
  public record PointList(
      String metric, Instant from, Instant to, List<PointItem> items, @Nullable String next) {}

  /// One point.
  ///
  /// @param value a number, or of a histogram its count, sum, bounds and buckets
  public record PointItem(String series, Instant at, JsonNode value) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/metrics", Need.READ)
            .about(GROUP, "The series of metrics that were sent, by name.")
            .query("name", "string", "Only this metric.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .query("cursor", "string", "`next` of the page before.")
            .gives(SeriesList.class)
            .by(this::series),
        Route.get("/api/v1/metrics/{name}", Need.READ)
            .about(GROUP, "The points of a metric by its name, or of one series by its id.")
            .query("from", "date-time", "From this time on; usually a day back.")
            .query("to", "date-time", "Before this time; usually now.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .query("cursor", "string", "`next` of the page before.")
            .gives(PointList.class)
            .by(this::points));
  }

  private Reply series(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    Asked asked = new Asked(exchange);
    int limit = asked.limit();
    Optional<String> cursor = asked.text("cursor");
    MetricQueries.Series after = null;
    if (cursor.isPresent()) {
      String[] parts = parts(cursor.get());
      after = new MetricQueries.Series(parts[0], parts[1], "");
    }
    List<MetricQueries.Series> found =
        history.metrics().series(asked.text("name").orElse(null), after, limit + 1);
    List<MetricQueries.Series> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.getLast().id() + "~" + page.getLast().name() : null;
    return Reply.json(new SeriesList(page.stream().map(MetricsApi::item).toList(), next));
  }

  private Reply points(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    Asked asked = new Asked(exchange);
    String metric = exchange.pathParameter("name");
    if (history.metrics().series(metric, null, 1).isEmpty()) {
      throw new ApiException(
          ErrorCode.NOT_FOUND, "No metric or series " + metric + " was sent: see /api/v1/metrics.");
    }
    int limit = asked.limit();
    Instant to = asked.moment("to").orElseGet(clock::instant);
    Instant from = asked.moment("from").orElse(to.minus(USUAL));
    List<MetricQueries.Point> found =
        history
            .metrics()
            .points(
                metric,
                from,
                to,
                asked.text("cursor").map(MetricsApi::place).orElse(null),
                limit + 1);
    List<MetricQueries.Point> page = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() > limit ? page.getLast().series() + "~" + page.getLast().point().at() : null;
    return Reply.json(
        new PointList(metric, from, to, page.stream().map(MetricsApi::item).toList(), next));
  }

  private static MetricQueries.Point place(String cursor) {
    String[] parts = parts(cursor);
    try {
      return new MetricQueries.Point(
          parts[0], new MetricPoint("", "", Instant.parse(parts[1]), ""));
    } catch (DateTimeParseException e) {
      throw Asked.malformed("cursor", cursor, "`next` of the page before");
    }
  }

  private static String[] parts(String cursor) {
    String[] parts = cursor.split("~", 2);
    if (parts.length != 2 || !parts[0].matches("[0-9a-f]{32}")) {
      throw Asked.malformed("cursor", cursor, "`next` of the page before");
    }
    return parts;
  }

  private static SeriesItem item(MetricQueries.Series series) {
    JsonNode said = JsonMapper.shared().readTree(series.seriesJson());
    return new SeriesItem(
        series.id(),
        series.name(),
        said.path("unit").asString(""),
        said.path("service").asString(""),
        said.path("attributes"));
  }

  private static PointItem item(MetricQueries.Point point) {
    return new PointItem(
        point.series(),
        point.point().at(),
        JsonMapper.shared().readTree(point.point().valueJson()));
  }
}
