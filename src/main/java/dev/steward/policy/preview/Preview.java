// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.preview;

import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.policy.PolicySet;
import dev.steward.policy.duty.Duties;
import dev.steward.policy.duty.Duty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Calls decided on twice, by the policies in force and by those that are proposed, and how many of
/// them come out otherwise.
///
/// @param <T> what tells where a call was made
public final class Preview<T> {
  private static final Pattern ARGUMENTS = Pattern.compile("\\b(args|tainted)\\b");

  private final PolicySet inForce;
  private final PolicySet proposed;
  private final int examplesMax;
  private final Map<Kind, Tally<T>> changes = new LinkedHashMap<>();
  private long calls;
  private long same;
  private long undecided;

  /// @param examplesMax calls that are kept of each kind of change, of runs that differ
  public Preview(PolicySet inForce, PolicySet proposed, int examplesMax) {
    this.inForce = inForce;
    this.proposed = proposed;
    this.examplesMax = examplesMax;
  }

  private record Kind(
      String agent,
      String environment,
      String tool,
      Tier before,
      Tier after,
      List<Duty> added,
      List<Duty> removed) {}

  /// One call that comes out otherwise.
  ///
  /// @param reason of the proposed policies; it holds no value of an argument
  public record Example<T>(T place, List<RuleName> rules, String reason) {
    public Example {
      rules = List.copyOf(rules);
    }
  }

  /// Calls of one agent to one tool that come out otherwise in the same way.
  ///
  /// @param added duties that are newly demanded along with the call, where both let it be made
  /// @param removed duties that are demanded no longer
  public record Change<T>(
      String agent,
      String environment,
      String tool,
      Tier before,
      Tier after,
      List<Duty> added,
      List<Duty> removed,
      long calls,
      List<Example<T>> examples) {
    public Change {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      examples = List.copyOf(examples);
    }

    /// Whether the call is decided as before and only what goes along with it is other.
    public boolean onlyDuties() {
      return before == after;
    }
  }

  /// What came out.
  ///
  /// @param changes the tightened ones first, of these the most frequent; those of duties only last
  /// @param same calls that both decide alike
  /// @param undecided calls whose arguments are not known and are asked for
  public record Result<T>(long calls, long same, long undecided, List<Change<T>> changes) {
    public Result {
      changes = List.copyOf(changes);
    }

    /// Calls that would newly be decided so.
    public long newly(Tier tier) {
      return changes.stream()
          .filter(change -> change.after() == tier && !change.onlyDuties())
          .mapToLong(change -> change.calls())
          .sum();
    }

    /// Calls that would be decided as before, with other duties.
    public long otherDuties() {
      return changes.stream()
          .filter(change -> change.onlyDuties())
          .mapToLong(change -> change.calls())
          .sum();
    }
  }

  private static final class Tally<T> {
    private final Set<String> runs = new HashSet<>();
    private final List<Example<T>> examples = new ArrayList<>();
    private long calls;
  }

  /// @param argumentsKnown whether the call has the arguments that it was made with
  /// @param run whose call it is
  public void add(ToolCall call, Facts facts, boolean argumentsKnown, String run, T place) {
    calls++;
    if (!argumentsKnown && (asksForArguments(inForce, call) || asksForArguments(proposed, call))) {
      undecided++;
      return;
    }
    Decision before = inForce.decide(call, facts);
    Decision now = proposed.decide(call, facts);
    boolean otherwise = before.tier() != now.tier();
    List<Duty> added = otherwise ? List.of() : without(Duties.of(now), Duties.of(before));
    List<Duty> removed = otherwise ? List.of() : without(Duties.of(before), Duties.of(now));
    if (!otherwise && added.isEmpty() && removed.isEmpty()) {
      same++;
      return;
    }
    Kind kind =
        new Kind(
            call.caller().agent(),
            call.caller().environment(),
            call.target(),
            before.tier(),
            now.tier(),
            added,
            removed);
    Tally<T> tally = changes.computeIfAbsent(kind, _ -> new Tally<>());
    tally.calls++;
    if (tally.examples.size() < examplesMax && tally.runs.add(run)) {
      tally.examples.add(new Example<>(place, now.grounds().rules(), now.grounds().reason()));
    }
  }

  public Result<T> result() {
    List<Change<T>> found = new ArrayList<>();
    changes.forEach((kind, tally) ->
        found.add(
            new Change<>(
                kind.agent,
                kind.environment,
                kind.tool,
                kind.before,
                kind.after,
                kind.added,
                kind.removed,
                tally.calls,
                tally.examples)));
    Comparator<Change<T>> decided = Comparator.comparing(change -> change.onlyDuties());
    Comparator<Change<T>> tightest = Comparator.comparing(change -> change.after());
    Comparator<Change<T>> most = Comparator.comparingLong(change -> change.calls());
    found.sort(
        decided
            .thenComparing(tightest.reversed())
            .thenComparing(most.reversed())
            .thenComparing(change -> change.agent())
            .thenComparing(change -> change.tool())
            .thenComparing(change -> change.environment())
            .thenComparing(change -> change.before()));
    return new Result<>(calls, same, undecided, found);
  }

  private static List<Duty> without(List<Duty> duties, List<Duty> others) {
    return duties.stream().filter(duty -> !others.contains(duty)).distinct().toList();
  }

  private static boolean asksForArguments(PolicySet policies, ToolCall call) {
    return policies.covering(call).stream()
        .anyMatch(rule -> ARGUMENTS.matcher(rule.rule().when()).find());
  }
}
