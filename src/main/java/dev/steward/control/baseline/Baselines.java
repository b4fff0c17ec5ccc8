// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.baseline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// What the ledger says of all baselines and of the drift from them. It never changes; the next one
/// is another. Alarms that are open are kept, and the newest of those that were closed.
public final class Baselines {
  public static final Baselines NONE = new Baselines(TreePMap.empty(), TreePVector.empty());

  private static final int CLOSED_MAX = 1_000;

  private final TreePMap<String, TreePMap<String, Standing>> standings;
  private final TreePVector<DriftAlarm> alarms;

  private Baselines(
      TreePMap<String, TreePMap<String, Standing>> standings, TreePVector<DriftAlarm> alarms) {
    this.standings = standings;
    this.alarms = alarms;
  }

  /// All that there is, as a snapshot keeps it.
  public record Rows(List<Standing> standings, List<DriftAlarm> alarms) {}

  public Rows rows() {
    List<Standing> all = new ArrayList<>();
    standings.values().forEach(ofAgent -> all.addAll(ofAgent.values()));
    return new Rows(all, alarms);
  }

  public static Baselines of(Rows rows) {
    Baselines read = new Baselines(TreePMap.empty(), TreePVector.from(rows.alarms()));
    for (Standing standing : rows.standings()) {
      read = read.with(standing);
    }
    return read;
  }

  /// The baseline in force, empty until there were runs enough.
  public Optional<FrozenBaseline> of(String agent, String environment) {
    return standing(agent, environment).flatMap(Standing::inForce);
  }

  /// The baselines in force of an agent, by environment.
  public List<FrozenBaseline> of(String agent) {
    return standings.getOrDefault(agent, TreePMap.empty()).values().stream()
        .flatMap(each -> each.inForce().stream())
        .toList();
  }

  /// Since when runs count for the next baseline, after one was let go; empty where none was, or
  /// another is in force.
  public Optional<Instant> relearnFrom(String agent, String environment) {
    return standing(agent, environment).flatMap(Standing::since);
  }

  /// Whether an alarm about this was raised on the baseline in force, open or closed.
  public boolean told(String agent, String environment, String trait, String direction) {
    Standing.Told wanted = new Standing.Told(trait, direction);
    return standing(agent, environment).filter(each -> each.told().contains(wanted)).isPresent();
  }

  /// The alarms, open and closed, the oldest first.
  public List<DriftAlarm> alarms() {
    return alarms;
  }

  public Optional<DriftAlarm> alarm(String id) {
    return alarms.stream().filter(alarm -> alarm.id().equals(id)).findFirst();
  }

  public Baselines learnt(FrozenBaseline baseline) {
    return with(Standing.learnt(baseline));
  }

  /// The baseline is in force no more, and its alarms end with it.
  public Baselines letGo(String agent, String environment, DriftAlarm.Closing closing) {
    return with(Standing.letGo(agent, environment, closing.at()))
        .closed(alarm -> alarm.about(agent, environment), closing);
  }

  public Baselines found(DriftAlarm alarm) {
    Standing.Told told = new Standing.Told(alarm.trait(), alarm.direction());
    Baselines next =
        standing(alarm.agent(), alarm.environment())
            .map(each -> with(each.told(told)))
            .orElse(this);
    return new Baselines(next.standings, alarms.plus(alarm));
  }

  public Baselines closed(String id, DriftAlarm.Closing closing) {
    return closed(alarm -> alarm.id().equals(id), closing);
  }

  private Baselines closed(Predicate<DriftAlarm> meant, DriftAlarm.Closing closing) {
    List<DriftAlarm> next = new ArrayList<>();
    int ended = 0;
    for (DriftAlarm alarm : alarms) {
      DriftAlarm left = alarm.open() && meant.test(alarm) ? alarm.closed(closing) : alarm;
      ended += left.open() ? 0 : 1;
      next.add(left);
    }
    return new Baselines(standings, TreePVector.from(newest(next, ended - CLOSED_MAX)));
  }

  /// Without so many of the closed ones, the oldest first.
  private static List<DriftAlarm> newest(List<DriftAlarm> all, int over) {
    List<DriftAlarm> kept = new ArrayList<>();
    int left = over;
    for (DriftAlarm alarm : all) {
      if (left > 0 && !alarm.open()) {
        left--;
      } else {
        kept.add(alarm);
      }
    }
    return kept;
  }

  private Baselines with(Standing standing) {
    TreePMap<String, Standing> ofAgent = standings.getOrDefault(standing.agent(), TreePMap.empty());
    return new Baselines(
        standings.plus(standing.agent(), ofAgent.plus(standing.environment(), standing)), alarms);
  }

  private Optional<Standing> standing(String agent, String environment) {
    return Optional.ofNullable(standings.getOrDefault(agent, TreePMap.empty()).get(environment));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Baselines baselines
        && standings.equals(baselines.standings)
        && alarms.equals(baselines.alarms);
  }

  @Override
  public int hashCode() {
    return Objects.hash(standings, alarms);
  }

  @Override
  public String toString() {
    return standings + ", " + alarms;
  }
}
