// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import dev.steward.insight.signal.Series;
import dev.steward.server.http.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Lines of the Prometheus text format 0.0.4, each ended by exactly one line feed.
final class PrometheusText {
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder lines = new StringBuilder();

  void head(String name, String type, String help) {
    lines.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
  }

  void line(String name, long value) {
    line(name, Map.of(), Long.toString(value));
  }

  void line(String name, String label, String labelValue, long value) {
    line(name, Map.of(label, labelValue), Long.toString(value));
  }

  void line(String name, Map<String, String> labels, String value) {
    lines.append(name);
    if (!labels.isEmpty()) {
      lines.append(
          labels.entrySet().stream()
              .map(each -> each.getKey() + "=\"" + escaped(each.getValue()) + "\"")
              .collect(Collectors.joining(",", "{", "}")));
    }
    lines.append(' ').append(value).append('\n');
  }

  /// A histogram with all its buckets, or a counter.
  void series(Series series) {
    String name = series.measure().metric();
    List<Double> bounds = series.measure().bounds();
    if (bounds.isEmpty()) {
      line(name, series.labels(), series.sum().toPlainString());
      return;
    }
    for (int i = 0; i < bounds.size(); i++) {
      String bound = BigDecimal.valueOf(bounds.get(i)).stripTrailingZeros().toPlainString();
      bucket(series, bound, series.buckets().get(i));
    }
    bucket(series, "+Inf", series.count());
    line(name + "_sum", series.labels(), series.sum().toPlainString());
    line(name + "_count", series.labels(), Long.toString(series.count()));
  }

  private void bucket(Series series, String bound, long count) {
    Map<String, String> labels = new LinkedHashMap<>(series.labels());
    labels.put("le", bound);
    line(series.measure().metric() + "_bucket", labels, Long.toString(count));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  Reply reply() {
    return Reply.bytes(FORMAT, lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
