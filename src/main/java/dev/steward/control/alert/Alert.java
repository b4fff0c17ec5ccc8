// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.alert;

import dev.steward.control.access.Actor;
import dev.steward.control.incident.Concern;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AlertRule.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One firing of a rule, from when it was raised until what fired is gone.
///
/// @param group what is one alert of the rule: an agent, a finding, or "" for all
/// @param level how much it matters, the worst of what fires
/// @param heard the worst that people were told or took on, null while nobody was told
/// @param agents whom it is about; none where it is about the server
/// @param findings by id, what fires now, or fired last
/// @param title commitment to one line
/// @param why commitment to the numbers
/// @param began when what fired began, as far as is known
/// @param told who was told when, the oldest first
/// @param answer who acknowledged it, null while nobody has
/// @param resolvedAt null while it is not over
public record Alert(
    String id,
    String rule,
    String group,
    Level level,
    @Nullable Level heard,
    List<Concern> agents,
    List<String> findings,
    Digest title,
    Digest why,
    Instant began,
    Instant raisedAt,
    List<Told> told,
    @Nullable Answer answer,
    @Nullable Instant resolvedAt) {
  private static final int TOLD_MAX = 100;

  public Alert {
    agents = List.copyOf(agents);
    findings = List.copyOf(findings);
    told = List.copyOf(told);
  }

  /// That people were told.
  public record Told(Instant at, Stage stage, List<String> channels) {
    public Told {
      channels = List.copyOf(channels);
    }
  }

  /// That somebody has taken it on.
  ///
  /// @param reason commitment to why or what they do
  public record Answer(Instant at, Actor by, Digest reason) {}

  public boolean open() {
    return resolvedAt == null;
  }

  public AlertStatus status() {
    if (!open()) {
      return AlertStatus.RESOLVED;
    }
    return answer == null ? AlertStatus.FIRING : AlertStatus.ACKNOWLEDGED;
  }

  /// Whether it matters more than the worst that people have heard of.
  public boolean worse() {
    return graver(level, heard);
  }

  public boolean about(String agent) {
    return agents.stream().anyMatch(concern -> concern.agent().equals(agent));
  }

  /// Every channel that was told of it.
  public List<String> toldChannels() {
    Set<String> channels = new LinkedHashSet<>();
    told.forEach(each -> channels.addAll(each.channels()));
    return List.copyOf(channels);
  }

  /// When people were told so last.
  public Optional<Instant> told(Stage stage) {
    return told.reversed().stream().filter(each -> each.stage() == stage).map(Told::at).findFirst();
  }

  /// Id of the incident that it opens where its rule says so.
  public String incident() {
    return "alert-" + id;
  }

  public Alert toldOf(Told one) {
    List<Told> all = new ArrayList<>(told);
    all.add(one);
    if (all.size() > TOLD_MAX) {
      forget(all);
    }
    return with(level, worst(), agents, findings, title, why, all, answer, resolvedAt);
  }

  /// Repeats alone may be forgotten: all else is counted from the first, and who was told when it
  /// got worse or nobody answered is told of the end.
  private static void forget(List<Told> all) {
    int at = 1;
    while (at < all.size() - 1 && all.get(at).stage() != Stage.REPEAT) {
      at++;
    }
    all.remove(at);
  }

  public Alert answered(Answer given) {
    return with(level, worst(), agents, findings, title, why, told, given, resolvedAt);
  }

  Alert resolved(Instant at) {
    return with(level, heard, agents, findings, title, why, told, answer, at);
  }

  private Level worst() {
    return heard == null || graver(level, heard) ? level : heard;
  }

  private static boolean graver(Level one, @Nullable Level other) {
    return other != null && !other.atLeast(one);
  }

  /// What fires is another. Who acknowledged it has not heard of what is worse.
  public Alert changed(
      Level now, List<Concern> about, List<String> fires, Digest line, Digest numbers) {
    return with(
        now,
        heard,
        about,
        fires,
        line,
        numbers,
        told,
        graver(now, heard) ? null : answer,
        resolvedAt);
  }

  private Alert with(
      Level now,
      @Nullable Level known,
      List<Concern> about,
      List<String> fires,
      Digest line,
      Digest numbers,
      List<Told> all,
      @Nullable Answer given,
      @Nullable Instant over) {
    return new Alert(
        id, rule, group, now, known, about, fires, line, numbers, began, raisedAt, all, given,
        over);
  }
}
