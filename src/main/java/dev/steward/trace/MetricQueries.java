// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.span.MetricPoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be asked of the metrics that were sent: which there are, and the points of one.
public interface MetricQueries {

  /// One line of a metric.
  ///
  /// @param id 32 hex characters that the series' name, unit, service and attributes give
  /// @param seriesJson name, unit, service and attributes as canonical JSON
  record Series(String id, String name, String seriesJson) {}

  /// A point and the series that it belongs to.
  record Point(String series, MetricPoint point) {}

  /// Series by name and id.
  ///
  /// @param name of a metric or the id of one series, null for all
  /// @param after the id of the series before, with its name; null for the first page
  List<Series> series(@Nullable String name, @Nullable Series after, int limit);

  /// Points in order of time and series; one that was sent twice is given once.
  ///
  /// @param metric its name, or the id of one series
  /// @param after the point before, null for the first page
  List<Point> points(String metric, Instant from, Instant to, @Nullable Point after, int limit);
}
