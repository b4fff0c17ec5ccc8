// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Finds the canaries that a person should know of: those that were rolled back by themselves
/// within the last day, those that wait for a decision, and those that cannot be judged.
public final class CanaryFindings implements FindingSource {
  private static final Duration TOLD = Duration.ofDays(1);
  private static final Set<String> UNFIT =
      Set.of(Rule.ASSIGNMENT_BROKEN.word(), Rule.OUTCOMES_UNEVEN.word());

  private final Supplier<State> state;

  public CanaryFindings(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public List<Finding> look(Lately lately) {
    List<Finding> found = new ArrayList<>();
    for (ReleaseRecord record : state.get().releases().all()) {
      record
          .tried()
          .flatMap(Rollout::judgement)
          .flatMap(last -> finding(record, last, lately.now()))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Finding> finding(
      ReleaseRecord record, Rollout.Judgement last, Instant now) {
    CanaryVerdict verdict = CanaryVerdict.of(last.verdict()).orElse(CanaryVerdict.HOLD);
    ReleaseState at = record.state();
    boolean fresh = last.at().isAfter(now.minus(TOLD));
    if (at instanceof ReleaseState.RolledBack && verdict == CanaryVerdict.ROLL_BACK && fresh) {
      return Optional.of(of(record, last, "was rolled back by itself", List.of()));
    }
    if (at instanceof ReleaseState.Held && verdict == CanaryVerdict.INCONCLUSIVE) {
      return Optional.of(
          of(record, last, "showed nothing in its time and waits for a person", deeds(record)));
    }
    return at.open() && UNFIT.contains(last.rule())
        ? Optional.of(of(record, last, "cannot be judged", deeds(record)))
        : Optional.empty();
  }

  private static Finding of(
      ReleaseRecord record, Rollout.Judgement last, String what, List<Way> remedies) {
    Release release = record.release();
    return new Finding(
        "canary/" + release.id(),
        Severity.WARNING,
        new Subject(release.agent(), Set.of(release.to())),
        "The canary of " + release.agent() + " in " + release.to() + " " + what,
        last.why() + ".",
        last.at(),
        List.of(Way.to("the release with its numbers", "releases/" + release.id())),
        remedies);
  }

  private static List<Way> deeds(ReleaseRecord record) {
    String id = record.release().id();
    return List.of(
        Way.to("promote it or roll it back, with a reason", "releases/" + id),
        Way.run("promote it from a terminal", "steward release promote " + id + " --reason WHY"),
        Way.run("roll it back from a terminal", "steward release refuse " + id + " --reason WHY"));
  }
}
