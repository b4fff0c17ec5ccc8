// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.load.DeadLetters.Retried;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// How many spans are where, and what could not be loaded.
public final class IngestApi {
  private static final String GROUP = "Ingest";

  private final Ingest ingest;
  private final History history;

  public IngestApi(Ingest ingest, History history) {
    this.ingest = ingest;
    this.history = history;
  }

  /// A letter in the list.
  ///
  /// @param bytes size of what could not be loaded
  public record LetterItem(String id, int spans, String reason, Instant since, int bytes) {
    private static LetterItem of(DeadLetter letter) {
      return new LetterItem(
          letter.id(), letter.spans(), letter.reason(), letter.since(), letter.payload().length);
    }
  }

  /// The oldest letters first.
  public record LetterList(List<LetterItem> items) {}

  /// Which letters are meant, at most 500.
  public record LetterIds(List<String> ids) {}

  /// What became of the spans of retried letters.
  public record RetriedSpans(int loaded, int duplicates, int deadLetters) {}

  /// How many letters were there.
  public record Dropped(int letters) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/ingest", Need.READ)
            .about(
                GROUP,
                "Spans by where they are: accepted = loaded + waiting + deadLetters + duplicates.")
            .gives(dev.steward.trace.ingest.IngestCounts.class)
            .by(this::counts),
        Route.get("/api/v1/ingest/status", Need.READ)
            .about(GROUP, "How ingest is doing: what waits, and what holds it up.")
            .gives(dev.steward.trace.ingest.IngestStatus.class)
            .by(this::status),
        Route.get("/api/v1/ingest/arrivals", Need.READ)
            .about(
                GROUP,
                "Spans accepted in each of the last 60 minutes, and the senders, since the server"
                    + " started.")
            .gives(dev.steward.trace.ingest.Arrivals.Report.class)
            .by(this::arrivals),
        Route.get("/api/v1/dead-letters/{id}/payload", Need.of(Permission.OPERATE))
            .about(
                GROUP,
                "What a letter holds, as OTLP protobuf; for who may read what was said as well.")
            .gives("application/x-protobuf")
            .by(this::payload),
        Route.get("/api/v1/dead-letters", Need.of(Permission.OPERATE))
            .about(GROUP, "What could not be loaded, the oldest first.")
            .query("limit", "integer", "At most so many, 1 to 500.")
            .gives(LetterList.class)
            .by(this::letters),
        Route.post("/api/v1/dead-letters/retry", Need.of(Permission.OPERATE))
            .about(GROUP, "Loads letters again; what fails again becomes a new letter.")
            .takes(LetterIds.class)
            .gives(RetriedSpans.class)
            .by(this::retry),
        Route.post("/api/v1/dead-letters/drop", Need.of(Permission.OPERATE))
            .about(GROUP, "Gives letters up for good; their spans stay counted.")
            .takes(LetterIds.class)
            .gives(Dropped.class)
            .by(this::drop));
  }

  private Reply counts(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    history.require();
    return Reply.json(ingest.counts());
  }

  private Reply status(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    history.require();
    return Reply.json(ingest.status());
  }

  private Reply arrivals(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    return Reply.json(ingest.arrivals());
  }

  private Reply payload(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    exchange.caller().require(Permission.READ_CONTENT, Target.SERVER);
    String id = exchange.pathParameter("id");
    DeadLetter letter =
        history
            .deadLetters()
            .find(id)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND, "There is no dead letter " + id + " (any more)."));
    return Reply.bytes("application/x-protobuf", letter.record().payload())
        .with("Content-Disposition", "attachment; filename=\"dead-letter.otlp\"");
  }

  private Reply letters(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    int limit = new Asked(exchange).limit();
    return Reply.json(
        new LetterList(history.deadLetters().list(limit).stream().map(LetterItem::of).toList()));
  }

  private Reply retry(Exchange exchange) {
    int loaded = 0;
    int duplicates = 0;
    int dead = 0;
    for (String id : ids(exchange)) {
      Retried retried = history.deadLetters().retry(id);
      loaded += retried.loaded();
      duplicates += retried.duplicates();
      dead += retried.deadLetters();
    }
    return Reply.json(new RetriedSpans(loaded, duplicates, dead));
  }

  private Reply drop(Exchange exchange) {
    return Reply.json(new Dropped(history.deadLetters().drop(ids(exchange))));
  }

  private static Set<String> ids(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    List<String> ids = exchange.json(LetterIds.class).ids();
    if (ids == null || ids.isEmpty() || ids.size() > Asked.LIMIT_MAX) {
      throw Asked.malformed("ids", ids == null ? "" : ids.size() + " ids", "1 to 500 ids");
    }
    return Set.copyOf(ids);
  }
}
