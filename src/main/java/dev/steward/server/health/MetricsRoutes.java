// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.insight.signal.CallSignals;
import dev.steward.insight.signal.Measure;
import dev.steward.insight.signal.Series;
import dev.steward.server.access.Need;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.log.Logs;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestCounts;
import dev.steward.trace.ingest.IngestStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Counts in the Prometheus text format: the server's own for anybody, those of agents for who may
/// read their runs.
public final class MetricsRoutes {
  private final Ingest ingest;
  private final Logs logs;
  private final HttpCounts http;
  private final CallSignals signals;
  private final Supplier<State> state;

  public MetricsRoutes(
      Ingest ingest, Logs logs, HttpCounts http, CallSignals signals, Supplier<State> state) {
    this.ingest = ingest;
    this.logs = logs;
    this.http = http;
    this.signals = signals;
    this.state = state;
  }

  public List<Route> routes() {
    return List.of(
        Route.plain("GET", "/metrics", Need.NOTHING, this::metrics),
        Route.plain("GET", "/metrics/agents", Need.READ, this::agents));
  }

  private Reply agents(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    PrometheusText text = new PrometheusText();
    Measure last = null;
    for (Series series : signals.all()) {
      if (exchange.caller().may(Permission.READ, target(series, sight))) {
        if (series.measure() != last) {
          last = series.measure();
          text.head(last.metric(), last.bounds().isEmpty() ? "counter" : "histogram", last.help());
        }
        text.series(series);
      }
    }
    return text.reply();
  }

  private Reply metrics(Exchange exchange) {
    PrometheusText text = new PrometheusText();
    text.head("steward_http_responses_total", "counter", "Answers by class of their status.");
    http.totals().forEach((s, n) -> text.line("steward_http_responses_total", "status", s, n));
    text.head("steward_ledger_entries", "gauge", "Entries of each ledger.");
    text.line("steward_ledger_entries", "log", "control", logs.control().size());
    text.line("steward_ledger_entries", "log", "activity", logs.activity().size());
    try {
      spans(text, ingest.counts());
      ingest(text, ingest.status());
    } catch (ApiException e) {
      if (e.code() != ErrorCode.STARTING) {
        throw e;
      }
      // history is not attached yet: its counts are not known, and unknown is not 0
    }
    return text.reply();
  }

  /// What is added up of many agents is of the whole server.
  private static Target target(Series series, Sight sight) {
    return series.agent().isEmpty()
        ? Target.SERVER
        : sight.target(series.agent(), series.labels().getOrDefault(CallSignals.ENVIRONMENT, ""));
  }

  private static void spans(PrometheusText text, IngestCounts counts) {
    String name = "steward_spans";
    text.head(name, "gauge", "Accepted spans by where they are.");
    text.line(name, "where", "loaded", counts.loaded());
    text.line(name, "where", "waiting", counts.waiting());
    text.line(name, "where", "dead_letters", counts.deadLetters());
    text.line(name, "where", "duplicates", counts.duplicates());
    text.head("steward_spans_accepted_total", "counter", "Accepted spans.");
    text.line("steward_spans_accepted_total", counts.accepted());
  }

  private static void ingest(PrometheusText text, IngestStatus status) {
    text.head("steward_journal_backlog_bytes", "gauge", "Journal bytes not loaded yet.");
    text.line("steward_journal_backlog_bytes", status.backlogBytes());
    text.head("steward_ingest_slowed_down_total", "counter", "Requests that were asked to wait.");
    text.line("steward_ingest_slowed_down_total", status.slowedDown());
    text.head("steward_ingest_lag_seconds", "gauge", "Age of the oldest record not loaded.");
    text.line(
        "steward_ingest_lag_seconds",
        Map.of(),
        BigDecimal.valueOf(status.oldestWaiting().toMillis(), 3).toPlainString());
  }
}
