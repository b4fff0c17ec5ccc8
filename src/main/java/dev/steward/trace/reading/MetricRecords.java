// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.JournalRecord;
import dev.steward.trace.content.CanonicalJson;
import dev.steward.trace.form.Surroundings;
import dev.steward.trace.form.Wire;
import dev.steward.trace.otlp.AnyJson;
import dev.steward.trace.otlp.Json;
import dev.steward.trace.otlp.OtlpRequests;
import dev.steward.trace.span.MetricPoint;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads the data points of a journal record, each with the name of its series.
final class MetricRecords {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  Facts read(JournalRecord record) {
    List<MetricPoint> points = new ArrayList<>();
    for (ResourceMetrics resource :
        OtlpRequests.metrics(record.payload()).getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        String service = Surroundings.of(resource.getResource(), scope.getScope()).service();
        for (Metric metric : scope.getMetricsList()) {
          read(metric, service, points);
        }
      }
    }
    return new Facts(List.of(), List.of(), List.of(), List.of(), points, List.of());
  }

  private static void read(Metric metric, String service, List<MetricPoint> points) {
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric.getGauge().getDataPointsList().forEach(p -> points.add(point(metric, service, p)));
      case SUM ->
          metric.getSum().getDataPointsList().forEach(p -> points.add(point(metric, service, p)));
      case HISTOGRAM ->
          metric
              .getHistogram()
              .getDataPointsList()
              .forEach(p ->
                  points.add(
                      point(
                          metric,
                          service,
                          p.getAttributesList(),
                          p.getTimeUnixNano(),
                          histogram(p))));
      case EXPONENTIAL_HISTOGRAM ->
          metric
              .getExponentialHistogram()
              .getDataPointsList()
              .forEach(p ->
                  points.add(
                      point(
                          metric,
                          service,
                          p.getAttributesList(),
                          p.getTimeUnixNano(),
                          histogram(p))));
      case SUMMARY ->
          metric
              .getSummary()
              .getDataPointsList()
              .forEach(p ->
                  points.add(
                      point(
                          metric,
                          service,
                          p.getAttributesList(),
                          p.getTimeUnixNano(),
                          summary(p))));
      case DATA_NOT_SET -> {}
    }
  }

  private static MetricPoint point(Metric metric, String service, NumberDataPoint point) {
    JsonNode value =
        switch (point.getValueCase()) {
          case AS_INT -> NODES.numberNode(point.getAsInt());
          case AS_DOUBLE -> number(point.getAsDouble());
          case VALUE_NOT_SET -> NODES.nullNode();
        };
    return point(metric, service, point.getAttributesList(), point.getTimeUnixNano(), value);
  }

  private static MetricPoint point(
      Metric metric, String service, List<KeyValue> attributes, long at, JsonNode value) {
    ObjectNode series = NODES.objectNode();
    series.put("name", metric.getName());
    series.put("unit", metric.getUnit());
    series.put("service", service);
    JsonNode read = Json.read(AnyJson.object(attributes));
    series.set("attributes", read == null ? NODES.objectNode() : read);
    return new MetricPoint(
        metric.getName(), CanonicalJson.write(series), Wire.time(at), CanonicalJson.write(value));
  }

  private static JsonNode histogram(HistogramDataPoint point) {
    ObjectNode value = NODES.objectNode();
    value.put("count", point.getCount());
    if (point.hasSum()) {
      value.set("sum", number(point.getSum()));
    }
    if (point.hasMin()) {
      value.set("min", number(point.getMin()));
    }
    if (point.hasMax()) {
      value.set("max", number(point.getMax()));
    }
    ArrayNode bounds = value.putArray("bounds");
    point.getExplicitBoundsList().forEach(bound -> bounds.add(number(bound)));
    ArrayNode buckets = value.putArray("buckets");
    point.getBucketCountsList().forEach(buckets::add);
    return value;
  }

  private static JsonNode histogram(ExponentialHistogramDataPoint point) {
    ObjectNode value = NODES.objectNode();
    value.put("count", point.getCount());
    if (point.hasSum()) {
      value.set("sum", number(point.getSum()));
    }
    value.put("scale", point.getScale());
    value.put("zero", point.getZeroCount());
    value.put("positiveOffset", point.getPositive().getOffset());
    ArrayNode positive = value.putArray("positive");
    point.getPositive().getBucketCountsList().forEach(positive::add);
    value.put("negativeOffset", point.getNegative().getOffset());
    ArrayNode negative = value.putArray("negative");
    point.getNegative().getBucketCountsList().forEach(negative::add);
    return value;
  }

  private static JsonNode summary(SummaryDataPoint point) {
    ObjectNode value = NODES.objectNode();
    value.put("count", point.getCount());
    value.set("sum", number(point.getSum()));
    ArrayNode quantiles = value.putArray("quantiles");
    point
        .getQuantileValuesList()
        .forEach(quantile ->
            quantiles
                .addObject()
                .set("quantile", number(quantile.getQuantile()))
                .set("value", number(quantile.getValue())));
    return value;
  }

  private static JsonNode number(double value) {
    return Double.isFinite(value)
        ? NODES.numberNode(value)
        : NODES.stringNode(Double.toString(value));
  }
}
