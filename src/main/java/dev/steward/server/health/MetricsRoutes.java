// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.log.Logs;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestCounts;
import dev.steward.trace.ingest.IngestStatus;
import java.util.List;
import java.util.Locale;

/// The server's own counts in the Prometheus text format.
public final class MetricsRoutes {
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final Ingest ingest;
  private final Logs logs;
  private final HttpCounts http;

  public MetricsRoutes(Ingest ingest, Logs logs, HttpCounts http) {
    this.ingest = ingest;
    this.logs = logs;
    this.http = http;
  }

  public List<Route> routes() {
    return List.of(Route.plain("GET", "/metrics", Need.NOTHING, this::metrics));
  }

  private Reply metrics(Exchange exchange) {
    Text text = new Text();
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
    return Reply.bytes(FORMAT, text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void spans(Text text, IngestCounts counts) {
    String name = "steward_spans";
    text.head(name, "gauge", "Accepted spans by where they are.");
    text.line(name, "where", "loaded", counts.loaded());
    text.line(name, "where", "waiting", counts.waiting());
    text.line(name, "where", "dead_letters", counts.deadLetters());
    text.line(name, "where", "duplicates", counts.duplicates());
    text.head("steward_spans_accepted_total", "counter", "Accepted spans.");
    text.line("steward_spans_accepted_total", counts.accepted());
  }

  private static void ingest(Text text, IngestStatus status) {
    text.head("steward_journal_backlog_bytes", "gauge", "Journal bytes not loaded yet.");
    text.line("steward_journal_backlog_bytes", status.backlogBytes());
    text.head("steward_ingest_slowed_down_total", "counter", "Requests that were asked to wait.");
    text.line("steward_ingest_slowed_down_total", status.slowedDown());
    text.head("steward_ingest_lag_seconds", "gauge", "Age of the oldest record not loaded.");
    text.append(
        String.format(
            Locale.ROOT,
            "steward_ingest_lag_seconds %.3f\n",
            status.oldestWaiting().toMillis() / 1000.0));
  }

  /// Lines of the format, each ended by exactly one line feed.
  private static final class Text {
    private final StringBuilder lines = new StringBuilder();

    private void head(String name, String type, String help) {
      append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
    }

    private void line(String name, long value) {
      append(name + " " + value + "\n");
    }

    private void line(String name, String label, String labelValue, long value) {
      append(name + "{" + label + "=\"" + labelValue + "\"} " + value + "\n");
    }

    private void append(String text) {
      lines.append(text);
    }

    @Override
    public String toString() {
      return lines.toString();
    }
  }
}
