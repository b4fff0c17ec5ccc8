// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.joined;

import dev.steward.console.conversation.Landmark;
import dev.steward.console.conversation.RunSpans;
import dev.steward.console.conversation.Step;
import dev.steward.console.conversation.Told;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.joined.JoinedPage.Entry;
import dev.steward.console.runs.RunRow;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.domain.Percent;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the pages of conversations and tasks.
public final class JoinedPages {
  static final int RUNS_MAX = 200;
  static final int ENTRIES_MAX = 10;

  /// Spans of long runs that one page reads through for their first and last words.
  private static final int LONG_SPANS_MAX = 25_000;

  private final Framer framer;

  public JoinedPages(Framer framer) {
    this.framer = framer;
  }

  /// The page, empty when no run that the reader may see belongs to it.
  public Optional<JoinedPage> page(Kinship kinship, String id, PageRequest request, Reader reader) {
    Page<Run> found = framer.traces(reader).runs(kinship.query(id, RUNS_MAX));
    List<Run> runs = found.items().stream().filter(reader::sees).toList();
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    int from = Math.min(from(request), runs.size() - 1) / ENTRIES_MAX * ENTRIES_MAX;
    int end = Math.min(runs.size(), from + ENTRIES_MAX);
    List<Entry> entries = new ArrayList<>();
    int spans = 0;
    for (int i = from; i < end; i++) {
      Run run = runs.get(i);
      spans += RunSpans.isLong(run) ? run.spans() : 0;
      boolean read = !RunSpans.isLong(run) || spans <= LONG_SPANS_MAX;
      Run before = i == 0 ? null : runs.get(i - 1);
      entries.add(entry(request, reader, run, before, i + 1, read));
    }
    String path = "/" + kinship.segment() + "/" + Percent.encoded(id);
    String list =
        PageUrl.of("/runs")
            .with(kinship.word().toLowerCase(Locale.ROOT), id)
            .with("range", "all")
            .toString();
    boolean reads = runs.subList(from, end).stream().allMatch(reader::readsContent);
    return Optional.of(
        new JoinedPage(
            framer.single(
                request,
                kinship.word() + " " + Ids.middle(id),
                "runs",
                List.of(new Crumb("Runs", "/runs")),
                ""),
            kinship.word(),
            id,
            new JoinedTotals(runs, found.next() != null).totals(list),
            entries,
            reads ? "" : "You may not read what was said. Times, costs and errors are all here.",
            from == 0 ? null : at(path, from - ENTRIES_MAX),
            end == runs.size() ? null : at(path, end)));
  }

  private Entry entry(
      PageRequest request, Reader reader, Run run, @Nullable Run before, int number, boolean read) {
    RunRow row = RunRow.of(run, framer.moments(request), reader.readsContent(run));
    List<Step> opening = new ArrayList<>();
    List<Step> closing = new ArrayList<>();
    String between = "";
    if (reader.readsContent(run) && read) {
      Told conversation =
          RunSpans.told(
              run,
              RunSpans.read(run, framer.traces(reader)),
              ToolEffects.NONE,
              true,
              framer.traces(reader));
      List<Landmark> landmarks = conversation.landmarks();
      Set<Landmark.Place> taken = new HashSet<>();
      take(conversation, landmarks, "Goal", opening, taken);
      take(conversation, landmarks, "Answer", closing, taken);
      take(conversation, landmarks, "Ended at", closing, taken);
      between = between(conversation.besides(taken), landmarks);
    } else if (!read) {
      between = Figures.of(run.steps(), "step", "steps") + "; open the run to read them";
    }
    return new Entry(
        row,
        number,
        before == null ? "" : gap(before, run),
        row.href() + "/compare",
        opening,
        between,
        closing);
  }

  private static void take(
      Told conversation,
      List<Landmark> landmarks,
      String name,
      List<Step> to,
      Set<Landmark.Place> taken) {
    for (Landmark landmark : landmarks) {
      if (landmark.name().equals(name)) {
        Landmark.Place place = landmark.places().getFirst();
        if (taken.add(place)) {
          conversation.step(place).ifPresent(to::add);
        }
      }
    }
  }

  private static String between(int steps, List<Landmark> landmarks) {
    List<String> words = new ArrayList<>();
    for (Landmark landmark : landmarks) {
      switch (landmark.name()) {
        case "Tool calls" -> words.add(Figures.of(landmark.count(), "tool call", "tool calls"));
        case "Hand-overs" -> words.add(Figures.of(landmark.count(), "hand-over", "hand-overs"));
        case "Documents" -> words.add(Figures.of(landmark.count(), "search", "searches"));
        case "Errors" -> words.add(Figures.of(landmark.count(), "error", "errors"));
        default -> {}
      }
    }
    if (steps <= 0) {
      return "";
    }
    String all = Figures.of(steps, "step", "steps") + " between";
    return words.isEmpty() ? all : all + ": " + String.join(", ", words);
  }

  private static String gap(Run before, Run run) {
    Instant end = before.startedAt().plus(before.duration());
    Duration gap = Duration.between(end, run.startedAt());
    return gap.isNegative()
        ? "began while the one before was at work"
        : Took.of(gap) + " after the one before";
  }

  private static int from(PageRequest request) {
    String asked = request.parameter("from");
    return asked != null && asked.matches("\\d{1,6}") ? Integer.parseInt(asked) : 0;
  }

  private static String at(String path, int from) {
    return PageUrl.of(path).with("from", from <= 0 ? null : String.valueOf(from)).toString();
  }
}
