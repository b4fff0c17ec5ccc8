// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import dev.steward.domain.resource.Policy.AgentScope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What must not wait until somebody looks: what fires, whom it is told, and what follows when
/// nobody answers.
///
/// @param agents of whom it is
/// @param environments where it holds; none for everywhere
/// @param trigger what fires
/// @param telling whom, and when
/// @param runbook address of what to do, "" for none
/// @param incident severity of the incident that an alert opens, "" where it opens none
public record AlertRule(
    Metadata metadata,
    AgentScope agents,
    List<String> environments,
    Trigger trigger,
    Telling telling,
    String runbook,
    String incident)
    implements Resource {
  /// What can be found, as it stands before the `/` of a finding's id.
  public static final List<String> KINDS =
      List.of(
          "abandoned",
          "budget",
          "canary",
          "changed-tools",
          "circuit",
          "cost",
          "drift",
          "endpoint-circuit",
          "failing",
          "killed",
          "looping",
          "model-changed",
          "new-tools",
          "proposal",
          "round",
          "server",
          "silent",
          "stranger",
          "threshold",
          "tool-circuit",
          "undeclared",
          "undeclared-data",
          "ungoverned",
          "ungoverned-tools",
          "unknown-cost",
          "unknown-effects");

  public AlertRule {
    environments = List.copyOf(environments);
  }

  /// Every channel that it names.
  public Set<String> channels() {
    Set<String> channels = new LinkedHashSet<>(telling.channels());
    channels.addAll(telling.escalation().channels());
    return channels;
  }

  /// How much it matters, the worst first.
  public enum Level {
    CRITICAL,
    WARNING,
    NOTE;

    /// Whether it matters as much as that, or more.
    public boolean atLeast(Level other) {
      return compareTo(other) <= 0;
    }
  }

  /// What fires.
  public sealed interface Trigger permits Found, Threshold {}

  /// What is found.
  ///
  /// @param kinds what stands before the `/` of a finding's id; none for all
  /// @param least that it must matter
  public record Found(List<String> kinds, Level least) implements Trigger {
    public Found {
      kinds = List.copyOf(kinds);
    }
  }

  /// A measure of an agent that lies beyond what an operator allows.
  ///
  /// @param limit a share from 0 to 1, seconds, an amount of money, or a count
  /// @param window over which it is measured, up to now
  /// @param runs that are needed at least to say anything
  /// @param level how much it matters
  public record Threshold(
      Measure measure, Side side, BigDecimal limit, Duration window, long runs, Level level)
      implements Trigger {}

  /// What can be measured of an agent.
  public enum Measure {
    /// Share of the runs with an outcome that succeeded.
    SUCCESS,
    /// Share of the runs in which an error occurred.
    ERRORS,
    /// 95th percentile of how long runs took, in seconds.
    DURATION,
    /// What all runs together cost.
    COST,
    /// How many runs began.
    RUNS;

    /// Whether its limit lies between 0 and 1.
    public boolean share() {
      return this == SUCCESS || this == ERRORS;
    }
  }

  /// On which side of its limit a measure is too much.
  public enum Side {
    ABOVE,
    BELOW
  }

  /// Whom alerts are told, and when.
  ///
  /// @param channels by name
  /// @param group what makes one alert
  /// @param pause how long a new alert waits before the first notice
  /// @param repeat how long after a notice the next follows, zero for never
  /// @param escalation what follows when nobody answers
  public record Telling(
      List<String> channels, Group group, Duration pause, Duration repeat, Escalation escalation) {
    public Telling {
      channels = List.copyOf(channels);
    }
  }

  /// What makes one alert of all that fires.
  public enum Group {
    /// All of one agent.
    AGENT,
    /// All of the rule.
    RULE,
    /// Each finding alone.
    FINDING
  }

  /// Who else is told when nobody acknowledged.
  ///
  /// @param after the first notice
  /// @param channels by name; none where nothing follows
  public record Escalation(Duration after, List<String> channels) {
    public static final Escalation NONE = new Escalation(Duration.ZERO, List.of());

    public Escalation {
      channels = List.copyOf(channels);
    }
  }
}
