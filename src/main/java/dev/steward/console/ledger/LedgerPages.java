// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Filter;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.LedgerReading;
import dev.steward.console.web.PageRequest;
import dev.steward.control.event.Thing;
import dev.steward.control.manifest.Manifests;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the lists of the ledgers' entries.
final class LedgerPages {
  private static final int ROWS_MAX = 50;

  /// Entries that one page reads to fill its rows, where those of budgets stand in one.
  private static final int FOLDED_MAX = 500;

  private static final int SENTENCES_MAX = 6;

  private final ConsoleViews views;
  private final Framer framer;

  LedgerPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  LedgerPage page(PageRequest request, LedgerReading ledger) {
    LedgerReading.Head head = ledger.head();
    String path = RowWriter.path(ledger);
    boolean activity = !ledger.name().equals("control");
    PageUrl url = framer.url(request);
    TimeRange range = range(request);
    Moments moments = framer.moments(request);
    Sentences sentences = Sentences.of(views, ledger);
    LedgerSearch search =
        new LedgerSearch(
            ledger,
            sentences,
            request.parameter("actor"),
            request.parameter("kind"),
            request.parameter("thing"),
            range.from());
    boolean asked = search.asks();
    LedgerSearch.Found found =
        search.before(
            before(request, search, head, range, moments.now()), asked ? ROWS_MAX : FOLDED_MAX);
    RowWriter.Rows written =
        new RowWriter(sentences, path, head.checkpointSize(), moments, SENTENCES_MAX)
            .rows(found.entries(), asked, ROWS_MAX);
    List<LedgerRow> rows = written.rows();
    boolean more = found.more() || written.left();
    long next = written.left() ? written.next() : found.next();
    String looked = more && rows.size() < ROWS_MAX ? looked(next) : "";
    long behind = head.size() - head.checkpointSize();
    return new LedgerPage(
        framer.ranged(withRange(request, range), "Ledger", "ledger", "").withoutEnvironments(),
        path,
        activity,
        Figures.exact(head.size()) + (head.size() == 1 ? " entry" : " entries"),
        head.signedAt() == null ? null : moments.of(head.signedAt()),
        head.checkpoint(),
        String.join("\n", ledger.keys()),
        behind == 0 ? "" : Figures.of(behind, "entry waits", "entries wait") + " to be signed",
        orEmpty(request.parameter("actor")),
        orEmpty(request.parameter("thing")),
        new Filter("kind", "About", Choice.anyOr(kinds(), request.parameter("kind"))),
        until(request, moments) == null ? "" : orEmpty(request.parameter("until")),
        rows,
        rows.isEmpty() ? empty(head.size() == 0, activity, path, looked) : null,
        more ? url.with("before", String.valueOf(next)).toString() : null,
        looked,
        new TreeMap<>(url.to(path, "range").parameters()));
  }

  private static String looked(long next) {
    return "Looked back to entry " + Figures.exact(next) + ".";
  }

  private static List<String> kinds() {
    List<String> kinds = new ArrayList<>(Manifests.kinds());
    kinds.addAll(Thing.OTHERS);
    return kinds;
  }

  private static Empty empty(boolean none, boolean activity, String path, String looked) {
    if (!none) {
      return Empty.of("No entry matches", looked, new Link("Show all entries", path));
    }
    return activity
        ? Empty.of(
            "Nothing is written here yet",
            "The activity ledger keeps the evidence of what agents did at the gateway. It is signed"
                + " and can be checked already; what people changed is in the ledger of changes.",
            new Link("Show the changes", "/ledger"))
        : Empty.of(
                "Nothing has been changed yet",
                "Every change to agents, people, keys and settings becomes an entry. Declare"
                    + " something:",
                new Link("Show the fleet", "/fleet"))
            .withCopy("steward apply -f agents.yaml");
  }

  /// The end of the list: an entry, a moment in the reader's zone, the end of the range, or now.
  private static long before(
      PageRequest request,
      LedgerSearch search,
      LedgerReading.Head head,
      TimeRange range,
      Instant now) {
    String before = request.parameter("before");
    if (before != null && before.matches("\\d{1,18}")) {
      return Math.min(head.size(), Long.parseLong(before));
    }
    return range.to().isAfter(now)
        ? head.size()
        : Math.min(head.size(), search.countAt(range.to()));
  }

  private static @Nullable Instant until(PageRequest request, Moments moments) {
    String until = request.parameter("until");
    if (until == null) {
      return null;
    }
    try {
      return LocalDateTime.parse(until).atZone(moments.zone()).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// All time, unless the address says otherwise: an audit trail is no stream of news.
  private TimeRange range(PageRequest request) {
    Moments moments = framer.moments(request);
    TimeRange range =
        request.parameter("range") == null
            ? TimeRange.of("all", moments.now())
            : framer.range(request);
    Instant until = until(request, moments);
    return until == null
        ? range
        : new TimeRange(range.key(), range.label(), range.words(), range.from(), until);
  }

  private static PageRequest withRange(PageRequest request, TimeRange range) {
    Map<String, String> query = new HashMap<>(request.query());
    query.put("range", range.key());
    return request.withQuery(query);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
