// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.format.Figures;
import dev.steward.console.format.JsonText;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.PageUrl;
import dev.steward.console.frame.TimeRange;
import dev.steward.console.ledger.LedgerRow.Sentence;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.LedgerReading;
import dev.steward.console.web.PageRequest;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the pages of the ledger.
public final class LedgerPages {
  private static final int ROWS_MAX = 50;
  private static final int SENTENCES_MAX = 6;
  private static final int BATCH = 256;

  /// How many entries one page looks at before it says how far it got.
  private static final int LOOK_MAX = 4_096;

  private final ConsoleViews views;
  private final Framer framer;
  private final Sentences sentences;

  public LedgerPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
    sentences = new Sentences(views.registry(), views.ledger());
  }

  /// An entry with what it says, null where this program cannot read it.
  private record Read(LedgerReading.Line line, @Nullable Envelope envelope) {}

  public LedgerPage page(PageRequest request) {
    LedgerReading.Head head = views.ledger().head();
    PageUrl url = framer.url(request);
    TimeRange range = range(request);
    Moments moments = framer.moments(request);
    List<LedgerRow> rows = new ArrayList<>();
    long before = before(request, head.size());
    long floor = Math.max(0, before - LOOK_MAX);
    long at = before;
    boolean past = false;
    while (at > floor && rows.size() < ROWS_MAX && !past) {
      long from = Math.max(floor, at - BATCH);
      List<LedgerReading.Line> lines = views.ledger().lines(from, (int) (at - from));
      for (LedgerReading.Line line : lines.reversed()) {
        Read read = read(line);
        past = past || isBefore(read, range.from());
        if (rows.size() < ROWS_MAX && !past) {
          at = line.index();
          if (matches(read, request)) {
            rows.add(row(read, head, moments));
          }
        }
      }
      if (lines.isEmpty()) {
        at = from;
      }
    }
    boolean more = at > 0 && !past;
    long behind = head.size() - head.checkpointSize();
    return new LedgerPage(
        framer.ranged(withRange(request, range), "Ledger", "ledger", "").withoutEnvironments(),
        Figures.exact(head.size()) + (head.size() == 1 ? " entry" : " entries"),
        head.signedAt() == null ? null : moments.of(head.signedAt()),
        head.checkpoint(),
        behind == 0 ? "" : Figures.of(behind, "entry waits", "entries wait") + " to be signed",
        orEmpty(request.parameter("actor")),
        orEmpty(request.parameter("thing")),
        rows,
        more ? url.with("before", String.valueOf(at)).toString() : null,
        more && rows.size() < ROWS_MAX ? "Looked back to entry " + Figures.exact(at) + "." : "",
        new TreeMap<>(url.to("/ledger", "range").parameters()));
  }

  public Optional<EntryPage> entry(PageRequest request, String number) {
    if (!number.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return views
        .ledger()
        .line(Long.parseLong(number))
        .map(line -> entry(request, line, views.ledger().head()));
  }

  private EntryPage entry(PageRequest request, LedgerReading.Line line, LedgerReading.Head head) {
    LedgerRow row = row(read(line), head, framer.moments(request));
    return new EntryPage(
        framer.single(
            request,
            "Entry " + row.number(),
            "ledger",
            List.of(new Crumb("Ledger", "/ledger")),
            ""),
        row,
        line.leafHash(),
        row.signed() ? "/api/v1/ledger/control/proof/" + line.index() : "",
        pretty(line.data()),
        line.data().length);
  }

  private static Read read(LedgerReading.Line line) {
    try {
      return new Read(line, EnvelopeCodec.read(line.data()));
    } catch (IllegalArgumentException e) {
      // an entry of a newer Steward is shown as it is
      return new Read(line, null);
    }
  }

  private boolean matches(Read read, PageRequest request) {
    String actor = request.parameter("actor");
    String thing = request.parameter("thing");
    Envelope envelope = read.envelope();
    if (envelope == null) {
      return actor == null && thing == null;
    }
    return (actor == null
            || envelope.actor().id().equals(actor)
            || contains(sentences.actor(envelope.actor()), actor))
        && (thing == null
            || envelope.events().stream().anyMatch(e -> contains(Sentences.thing(e), thing)));
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static boolean isBefore(Read read, Instant from) {
    return read.envelope() != null && read.envelope().at().isBefore(from);
  }

  private LedgerRow row(Read read, LedgerReading.Head head, Moments moments) {
    long index = read.line().index();
    Envelope envelope = read.envelope();
    List<Event> events = envelope == null ? List.of() : envelope.events();
    List<Sentence> told = events.stream().limit(SENTENCES_MAX).map(sentences::of).toList();
    int more = events.size() - told.size();
    return new LedgerRow(
        index,
        Figures.exact(index),
        "/ledger/" + index,
        envelope == null ? null : moments.of(envelope.at()),
        envelope == null ? "A newer Steward" : sentences.actor(envelope.actor()),
        envelope == null
            ? ""
            : PageUrl.of("/ledger").with("actor", envelope.actor().id()).toString(),
        envelope == null
            ? List.of(new Sentence("wrote something that this one cannot read", "", "", ""))
            : told,
        more == 0 ? "" : "and " + Figures.of(more, "thing", "things") + " more",
        index < head.checkpointSize());
  }

  /// All time, unless the address says otherwise: an audit trail is no stream of news.
  private TimeRange range(PageRequest request) {
    return request.parameter("range") == null
        ? TimeRange.of("all", framer.moments(request).now())
        : framer.range(request);
  }

  private static PageRequest withRange(PageRequest request, TimeRange range) {
    java.util.Map<String, String> query = new java.util.HashMap<>(request.query());
    query.put("range", range.key());
    return request.withQuery(query);
  }

  private static long before(PageRequest request, long size) {
    String before = request.parameter("before");
    return before != null && before.matches("\\d{1,18}")
        ? Math.min(size, Long.parseLong(before))
        : size;
  }

  private static String pretty(byte[] data) {
    return JsonText.laidOut(new String(data, StandardCharsets.UTF_8));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
