// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.domain.LastUsed;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.diary.DiaryLine;
import dev.steward.trace.run.Run;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was read of runs' spans, so that none is read twice, not after a restart either. It holds
/// as long as the run has the spans that it had. Not safe for several threads.
public final class KeptReadings {
  /// Lines of the diary.
  public static final int LINES_MAX = 100_000;

  /// Lines of another are read again from their spans.
  private static final String FORM = "2";

  private static final int FIELDS = 14;
  private static final int KEPT_MAX = 2 * LINES_MAX;

  private final Diary diary;
  private final Map<String, Kept> kept = new LastUsed<>(KEPT_MAX);

  private record Kept(String of, RunReading reading) {}

  public KeptReadings(Diary diary) {
    this.diary = diary;
    for (String written : diary.read()) {
      DiaryLine.fields(written)
          .filter(fields -> fields.size() == FIELDS && fields.getFirst().equals(FORM))
          .map(KeptReadings::line)
          .ifPresent(this::put);
    }
  }

  private record Line(String run, Kept kept) {}

  /// Empty where the run was not read, or has changed since.
  Optional<RunReading> of(Run run) {
    Kept found = kept.get(run.id());
    return found != null && found.of().equals(state(run))
        ? Optional.of(found.reading())
        : Optional.empty();
  }

  void keep(Run run, RunReading reading) {
    Line line = new Line(run.id(), new Kept(state(run), reading));
    put(line);
    diary.add(List.of(text(line)));
  }

  private void put(Line line) {
    kept.put(line.run(), line.kept());
  }

  /// What a reading depends on.
  private static String state(Run run) {
    return "%s %d %d".formatted(run.status().word(), run.spans(), run.lastSeen().toEpochMilli());
  }

  private static String text(Line line) {
    RunReading reading = line.kept().reading();
    List<String> wasted = new ArrayList<>();
    reading.wasted().forEach((why, amount) -> wasted.add(why + "=" + amount.toPlainString()));
    wasted.sort(null);
    return DiaryLine.of(
        List.of(
            FORM,
            line.run(),
            line.kept().of(),
            String.valueOf(reading.tools()),
            String.valueOf(reading.toolFailures()),
            String.join(" ", reading.latencies().stream().map(String::valueOf).toList()),
            String.valueOf(reading.approvals()),
            String.valueOf(reading.denials()),
            String.valueOf(reading.timedOut()),
            String.valueOf(reading.claims()),
            String.valueOf(reading.ungrounded()),
            String.valueOf(reading.results()),
            String.valueOf(reading.silent()),
            String.join(" ", wasted)));
  }

  private static Line line(List<String> fields) {
    Map<Waste, BigDecimal> wasted = new EnumMap<>(Waste.class);
    for (String each : words(fields.get(13))) {
      int at = each.indexOf('=');
      wasted.put(Waste.valueOf(each.substring(0, at)), new BigDecimal(each.substring(at + 1)));
    }
    return new Line(
        fields.get(1),
        new Kept(
            fields.get(2),
            new RunReading(
                Integer.parseInt(fields.get(3)),
                Integer.parseInt(fields.get(4)),
                words(fields.get(5)).stream().map(Integer::valueOf).toList(),
                Integer.parseInt(fields.get(6)),
                Integer.parseInt(fields.get(7)),
                Boolean.parseBoolean(fields.get(8)),
                Integer.parseInt(fields.get(9)),
                Integer.parseInt(fields.get(10)),
                Integer.parseInt(fields.get(11)),
                Integer.parseInt(fields.get(12)),
                wasted)));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }
}
