// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ingest;

import dev.steward.console.chart.Bars;
import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Measure;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Framer;
import dev.steward.console.ingest.IngestPage.Letter;
import dev.steward.console.ingest.IngestPage.Sender;
import dev.steward.console.ingest.IngestPage.Term;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.IngestView;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.domain.Percent;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.ingest.Arrivals;
import dev.steward.trace.ingest.IngestStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the ingest page and does what its forms ask for.
public final class IngestPages {
  private static final int LETTERS_MAX = 100;
  private static final int SENDERS_MAX = 50;
  private static final Duration SLOW = Duration.ofSeconds(30);

  private final ConsoleViews views;
  private final Framer framer;

  public IngestPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  public IngestPage page(PageRequest request, Reader reader) {
    IngestView.Counts counts = views.ingest().counts();
    IngestStatus status = views.ingest().status();
    Arrivals.Report arrived = views.ingest().arrivals();
    Moments moments = framer.moments(request);
    List<Letter> letters =
        views.ingest().deadLetters(LETTERS_MAX).stream().map(l -> letter(l, moments)).toList();
    return new IngestPage(
        framer.single(request, "Ingest", "ingest", List.of(), "/live/ingest"),
        mark(counts, status),
        lede(counts),
        done(request),
        sum(counts),
        counts.lag().isZero() ? "none" : Took.of(counts.lag()),
        facts(counts, status),
        status.trouble() == null ? "" : String.valueOf(status.trouble()),
        chart(arrived, moments),
        Took.about(Duration.between(arrived.since(), moments.now())),
        arrived.senders().stream().limit(SENDERS_MAX).map(s -> sender(s, moments)).toList(),
        letters,
        letters.size() < LETTERS_MAX ? String.valueOf(letters.size()) : "the oldest " + LETTERS_MAX,
        reader.operates(),
        reader.operates() && reader.readsAllContent(),
        "Retry " + these(letters.size()),
        "Drop " + these(letters.size()),
        "export OTEL_EXPORTER_OTLP_ENDPOINT=" + views.otlpEndpoint(),
        views.grpcPort());
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

  private static List<Fact> facts(IngestView.Counts counts, IngestStatus status) {
    return List.of(
        Fact.of("Oldest that waits", counts.lag().isZero() ? "none waits" : Took.of(counts.lag())),
        Fact.of(
            "Waiting in the journal",
            status.backlogBytes() == 0 ? "nothing" : Figures.bytes(status.backlogBytes())),
        Fact.of(
            "Sent away for lack of room",
            status.slowedDown() == 0
                ? "none"
                : Figures.of(status.slowedDown(), "request", "requests") + ", told to come again"),
        Fact.of(
            "Refused for their key",
            status.unknownKeys() == 0
                ? "none"
                : Figures.of(status.unknownKeys(), "request", "requests")
                    + " with a missing, wrong or revoked key"),
        Fact.of("Metric points", Figures.count(status.metrics())),
        Fact.of("Log records", Figures.count(status.logs())));
  }

  private static Chart chart(Arrivals.Report arrived, Moments moments) {
    List<Bars.Bar> bars =
        arrived.minutes().stream()
            .map(m -> new Bars.Bar(m.at(), List.of(BigDecimal.valueOf(m.spans())), 0, ""))
            .toList();
    Instant to = moments.now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
    return new Bars(
            "Spans accepted by minute",
            Measure.COUNT,
            "spans",
            to.minus(Duration.ofMinutes(Arrivals.MINUTES)),
            to,
            Duration.ofMinutes(1),
            List.of("accepted"),
            bars,
            List.of(),
            moments.zone())
        .draw();
  }

  private static Sender sender(Arrivals.Heard heard, Moments moments) {
    String agent = heard.agent();
    String environment = heard.environment();
    return new Sender(
        agent == null ? "" : agent,
        agent == null ? "" : PageUrl.of("/runs").with("agent", agent).toString(),
        environment == null ? "" : environment,
        moments.of(heard.lastSeen()),
        Figures.count(heard.requests()),
        Figures.count(heard.spans()));
  }

  private static Mark mark(IngestView.Counts counts, IngestStatus status) {
    if (status.trouble() != null) {
      return new Mark(Mark.Tone.CRITICAL, "Nothing is loaded");
    }
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
        Figures.bytes(letter.payload().length),
        "/api/v1/dead-letters/" + Percent.encoded(letter.id()) + "/payload");
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
