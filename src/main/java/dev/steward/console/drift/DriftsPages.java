// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.drift.DriftsPage.Row;
import dev.steward.console.drift.Watched.Stand;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.format.Took;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.web.PageRequest;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.baseline.FrozenBaseline;
import dev.steward.insight.trait.Learning;
import dev.steward.insight.trait.TraitDrift;
import dev.steward.insight.trait.TraitReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the list of who is watched.
record DriftsPages(Framer framer, Learning learning) {

  /// @param agent that it is about alone, "" for all
  DriftsPage page(PageRequest request, List<Watched> seen, String agent) {
    Moments moments = framer.moments(request);
    List<Row> rows = sorted(seen).stream().map(each -> row(each, moments)).toList();
    boolean one = !agent.isEmpty();
    return new DriftsPage(
        framer.single(
            request,
            one ? agent : "Drift",
            "drift",
            one ? List.of(new Crumb("Drift", "/drift")) : List.of(),
            ""),
        lede(seen),
        rows,
        rows.isEmpty() ? none(agent) : null);
  }

  private List<Watched> sorted(List<Watched> seen) {
    List<Watched> sorted = new ArrayList<>(seen);
    sorted.sort(
        Comparator.comparing((Watched each) -> each.stand(learning))
            .thenComparing(
                Comparator.comparingDouble(
                        (Watched each) -> each.nearest().map(TraitReading::level).orElse(0.0))
                    .reversed())
            .thenComparing(each -> each.place().agent())
            .thenComparing(each -> each.place().environment()));
    return sorted;
  }

  private String lede(List<Watched> seen) {
    List<String> parts = new ArrayList<>();
    add(parts, count(seen, Stand.DRIFTED), "drifted", "drifted");
    add(parts, count(seen, Stand.SEEN_TO), "drifted and was seen to", "drifted and were seen to");
    add(parts, count(seen, Stand.STEADY), "is steady", "are steady");
    add(
        parts,
        count(seen, Stand.TOO_LITTLE),
        "has too few runs to say",
        "have too few runs to say");
    return parts.isEmpty()
        ? "Each agent is compared with what its own runs were like once."
        : String.join(", ", parts) + ".";
  }

  private static void add(List<String> parts, long count, String one, String many) {
    if (count > 0) {
      parts.add(Figures.count(count) + " " + (count == 1 ? one : many));
    }
  }

  private long count(List<Watched> seen, Stand stand) {
    return seen.stream().filter(each -> each.stand(learning) == stand).count();
  }

  private Empty none(String agent) {
    return Empty.of(
        agent.isEmpty() ? "Nobody is watched yet" : "It is not watched yet",
        "An agent is watched once it is registered and its runs have ended. What they are like is"
            + " learnt from the first "
            + Figures.exact(learning.runs())
            + " of a version, or from its first "
            + Took.about(learning.time())
            + ".",
        new Link("The fleet", "/fleet"));
  }

  private Row row(Watched watched, Moments moments) {
    Stand stand = watched.stand(learning);
    Optional<TraitReading> nearest = watched.nearest();
    Optional<TraitDrift> drift = nearest.flatMap(TraitReading::drift);
    @Nullable Instant since = since(watched, stand, drift);
    return new Row(
        watched.place().agent(),
        watched.where(),
        watched.href(),
        stand.mark(),
        stand == Stand.TOO_LITTLE ? DriftWords.missing(watched, learning) : "",
        nearest.map(reading -> reading.trait().words()).orElse(alarmed(watched)),
        nearest.map(reading -> DriftWords.rate(reading.before())).orElse(null),
        nearest.map(reading -> lately(reading)).orElse(null),
        since == null ? null : moments.of(since),
        stand == Stand.DRIFTED || stand == Stand.SEEN_TO ? "probably began" : "watched since",
        watched.drift().map(known -> DriftWords.perDay(known.perDay())).orElse(""),
        watched.frozen().map(frozen -> Figures.of(frozen.runs(), "run", "runs")).orElse(""),
        watched.frozen().map(frozen -> Ids.version(frozen.version())).orElse(""));
  }

  /// Where its runs were not read yet, what the newest alarm is about.
  private static String alarmed(Watched watched) {
    return watched.open().isEmpty() ? "" : watched.open().getFirst().trait();
  }

  static Rate lately(TraitReading reading) {
    return DriftWords.rate(reading.drift().map(TraitDrift::since).orElse(reading.lately()));
  }

  private static @Nullable Instant since(Watched watched, Stand stand, Optional<TraitDrift> drift) {
    if (stand == Stand.DRIFTED || stand == Stand.SEEN_TO) {
      return drift
          .map(TraitDrift::began)
          .or(() -> watched.open().stream().map(DriftAlarm::began).findFirst())
          .orElse(null);
    }
    return stand == Stand.STEADY || watched.frozen().isPresent()
        ? watched.frozen().map(FrozenBaseline::to).orElse(null)
        : null;
  }
}
