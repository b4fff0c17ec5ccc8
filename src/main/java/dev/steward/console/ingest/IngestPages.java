// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ingest;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Mark;
import dev.steward.console.ingest.IngestPage.Letter;
import dev.steward.console.ingest.IngestPage.Term;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.IngestView;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.trace.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the ingest page and does what its forms ask for.
public final class IngestPages {
  private static final int LETTERS_MAX = 100;
  private static final Duration SLOW = Duration.ofSeconds(30);

  private final ConsoleViews views;
  private final Framer framer;

  public IngestPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  public IngestPage page(PageRequest request, Reader reader) {
    IngestView.Counts counts = views.ingest().counts();
    Moments moments = framer.moments(request);
    List<Letter> letters =
        views.ingest().deadLetters(LETTERS_MAX).stream().map(l -> letter(l, moments)).toList();
    return new IngestPage(
        framer.single(request, "Ingest", "ingest", List.of(), "/live/ingest"),
        mark(counts),
        lede(counts),
        done(request),
        sum(counts),
        counts.lag().isZero() ? "none" : Took.of(counts.lag()),
        counts.refused() == 0
            ? "none"
            : Figures.of(counts.refused(), "request", "requests") + ", to be sent again",
        letters,
        letters.size() < LETTERS_MAX ? String.valueOf(letters.size()) : "the oldest " + LETTERS_MAX,
        reader.operates(),
        "Retry " + these(letters.size()),
        "Drop " + these(letters.size()),
        "export OTEL_EXPORTER_OTLP_ENDPOINT=" + views.otlpEndpoint());
  }

  /// Retries or drops the letters that were ticked, or all that were shown when none was.
  public PageResponse act(PageRequest request, Reader reader, String deed) {
    Set<String> ids = chosen(request.form());
    String word =
        switch (deed) {
          case "retry" -> "retried=" + views.ingest().retry(ids, reader.actor());
          case "drop" -> "dropped=" + views.ingest().drop(ids, reader.actor());
          default -> "";
        };
    return new PageResponse.Redirect("/ingest" + (word.isEmpty() ? "" : "?" + word));
  }

  private static Set<String> chosen(Map<String, String> form) {
    Set<String> ticked = lettersIn(form, "letter-");
    return ticked.isEmpty() ? lettersIn(form, "shown-") : ticked;
  }

  private static Set<String> lettersIn(Map<String, String> form, String prefix) {
    return form.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  private static Mark mark(IngestView.Counts counts) {
    if (counts.deadLetters() > 0) {
      return new Mark(Mark.Tone.CRITICAL, "Some could not be loaded");
    }
    if (counts.lag().compareTo(SLOW) > 0) {
      return new Mark(Mark.Tone.WARNING, "Behind");
    }
    return counts.accepted() == 0
        ? new Mark(Mark.Tone.UNKNOWN, "Nothing yet")
        : new Mark(Mark.Tone.OK, "All there");
  }

  private static String lede(IngestView.Counts counts) {
    long sum = counts.loaded() + counts.waiting() + counts.deadLetters() + counts.duplicates();
    if (counts.accepted() == 0) {
      return "No span has been accepted yet.";
    }
    String adds =
        sum == counts.accepted()
            ? "Every span that was accepted is accounted for."
            : "The counts differ by %s: they are read one after the other while spans arrive."
                .formatted(Figures.exact(Math.abs(counts.accepted() - sum)));
    return adds + " Accepted means synced to disk before the sender was told so.";
  }

  private static List<Term> sum(IngestView.Counts counts) {
    return List.of(
        term("", counts.accepted(), "accepted"),
        term("=", counts.loaded(), "loaded"),
        term("+", counts.waiting(), "waiting"),
        term("+", counts.deadLetters(), "dead letters"),
        term("+", counts.duplicates(), "duplicates"));
  }

  private static Term term(String sign, long value, String words) {
    return new Term(sign, Figures.exact(value), words, Figures.exact(value) + " spans " + words);
  }

  private static Letter letter(DeadLetter letter, Moments moments) {
    return new Letter(
        letter.id(),
        moments.of(letter.since()),
        Figures.count(letter.spans()),
        letter.reason(),
        Figures.bytes(letter.payload().length));
  }

  private static String these(int letters) {
    return letters == 1 ? "this 1 dead letter" : "these " + letters + " dead letters";
  }

  private static String done(PageRequest request) {
    String retried = number(request, "retried");
    if (!retried.isEmpty()) {
      return retried
          + " sent through the loader again. What still cannot be loaded comes back here.";
    }
    String dropped = number(request, "dropped");
    return dropped.isEmpty() ? "" : dropped + " dropped for good; they stay in the counts.";
  }

  private static String number(PageRequest request, String name) {
    String value = request.parameter(name);
    return value == null || !value.matches("\\d{1,9}")
        ? ""
        : Figures.of(Long.parseLong(value), "dead letter was", "dead letters were");
  }
}
