// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import dev.steward.control.baseline.DriftAlarm;
import dev.steward.domain.release.Wilson;
import dev.steward.insight.behaviour.AgentDrift;
import dev.steward.insight.behaviour.DriftRecord;
import dev.steward.insight.cause.Cause;
import dev.steward.insight.cause.DriftStory;
import dev.steward.insight.trait.LearntBaseline;
import dev.steward.insight.trait.TraitReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an agent does in one environment.
///
/// @param at when it was looked at
/// @param runs since the baseline, or that one may be learnt from
/// @param runsPerDay in the last seven days
/// @param baseline null while there is not enough data to learn one
/// @param traits what is watched, the nearest to an alarm first
/// @param alarms open and closed, the newest first
public record DriftItem(
    String agent,
    String environment,
    Instant at,
    int runs,
    double runsPerDay,
    @Nullable BaselineItem baseline,
    List<TraitItem> traits,
    List<AlarmItem> alarms) {

  /// What the runs were like that are compared with.
  ///
  /// @param version that they were of
  /// @param from when the first of them was heard of
  /// @param to when the last was
  public record BaselineItem(String version, int runs, Instant from, Instant to) {}

  /// A share of runs with its 95 % interval.
  public record ShareItem(double share, double low, double high, long runs) {
    static @Nullable ShareItem of(Wilson wilson) {
      return wilson.whole() == 0
          ? null
          : new ShareItem(wilson.share(), wilson.low(), wilson.high(), wilson.whole());
    }
  }

  /// One thing that is watched.
  ///
  /// @param trait such as success, errors, duration, cost, or an outcome by its label
  /// @param of what the shares are shares of, in words
  /// @param lately of the last 200 runs; null for none
  /// @param level evidence of a drift; 1 alarms
  /// @param drifted up or down, "" while no drift was found
  public record TraitItem(
      String trait,
      String of,
      @Nullable ShareItem before,
      @Nullable ShareItem lately,
      int runs,
      double level,
      String drifted) {
    static TraitItem of(TraitReading reading) {
      return new TraitItem(
          reading.trait().word(),
          reading.trait().words(),
          ShareItem.of(reading.before()),
          ShareItem.of(reading.lately()),
          reading.runs(),
          reading.level(),
          reading.drift().map(drift -> drift.direction()).orElse(""));
    }
  }

  /// A drift that was found.
  ///
  /// @param closedAt null while it is open
  /// @param evidence the statistic, effect, sample, and runs from before and after
  /// @param causes the likeliest first; none when it cannot be told
  public record AlarmItem(
      String id,
      String trait,
      String direction,
      Instant at,
      Instant began,
      String why,
      @Nullable Instant closedAt,
      DriftRecord evidence,
      List<CauseItem> causes) {
    static AlarmItem of(DriftStory story) {
      DriftAlarm alarm = story.alarm();
      DriftAlarm.Closing closing = alarm.closing();
      return new AlarmItem(
          alarm.id(),
          alarm.trait(),
          alarm.direction(),
          alarm.at(),
          alarm.began(),
          alarm.why(),
          closing == null ? null : closing.at(),
          story.record(),
          story.causes().stream().map(CauseItem::of).toList());
    }
  }

  /// What may have caused it.
  ///
  /// @param kind version, release, model, undeclared or data
  /// @param weight how well its time fits, 0 to 1
  /// @param page of the console that tells it
  public record CauseItem(
      Instant at,
      String kind,
      String title,
      String detail,
      double weight,
      String why,
      String page) {
    static CauseItem of(Cause cause) {
      return new CauseItem(
          cause.moment().at(),
          cause.moment().kind().word(),
          cause.moment().title(),
          cause.moment().detail(),
          cause.weight(),
          cause.why(),
          "/" + cause.moment().page());
    }
  }

  static DriftItem of(AgentDrift drift, List<DriftStory> stories) {
    return new DriftItem(
        drift.place().agent(),
        drift.place().environment(),
        drift.at(),
        drift.runs(),
        drift.perDay(),
        drift.baseline().map(DriftItem::item).orElse(null),
        drift.readings().stream().map(TraitItem::of).toList(),
        stories.stream().map(AlarmItem::of).toList());
  }

  private static BaselineItem item(LearntBaseline baseline) {
    return new BaselineItem(baseline.version(), baseline.runs(), baseline.from(), baseline.to());
  }
}
