// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.domain.decision.RuleName;
import dev.steward.policy.duty.Duty;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.server.policy.PoliciesApi.SuppositionItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which way a change of policies, tools or agents goes, with the evidence.
///
/// @param course same, narrowing, expansion or mixed
/// @param looser calls that may be made more freely, at most 200
/// @param tighter calls that may be made less freely, at most 200
/// @param cases how many cases of agent, workflow, call and environment were searched
public record ComparisonItem(
    String course, List<DifferenceItem> looser, List<DifferenceItem> tighter, long cases) {
  static final int LISTED_MAX = Comparison.LISTED_MAX;

  /// A call on which the two decide otherwise.
  ///
  /// @param what `server/tool`, `model NAME` or `agent NAME`
  /// @param workflow that the caller says it works for, absent where it need say none
  /// @param duties that one of the two demands along with the call and the other does not, where
  ///   both let it be made
  public record DifferenceItem(
      String agent,
      String what,
      String environment,
      @Nullable String workflow,
      OutcomeItem before,
      OutcomeItem after,
      List<String> duties) {}

  /// What one of the two decides, and what is supposed of its conditions.
  ///
  /// @param rules that make it; none where no rule matches, or the version does not list it
  public record OutcomeItem(
      String outcome, List<String> rules, List<SuppositionItem> suppositions) {}

  static ComparisonItem of(Comparison comparison) {
    return new ComparisonItem(
        comparison.course().word(),
        items(comparison.looser()),
        items(comparison.tighter()),
        comparison.cases());
  }

  static @Nullable String said(String workflow) {
    return workflow.isEmpty() ? null : workflow;
  }

  static List<String> names(List<RuleName> rules) {
    return rules.stream().map(RuleName::toString).toList();
  }

  private static List<DifferenceItem> items(List<Difference> differences) {
    List<DifferenceItem> items = new ArrayList<>();
    for (Difference difference : differences) {
      items.add(
          new DifferenceItem(
              difference.agent(),
              difference.what(),
              difference.environment(),
              said(difference.workflow()),
              item(difference.before()),
              item(difference.after()),
              difference.duties().stream().map(Duty::words).toList()));
    }
    return items;
  }

  private static OutcomeItem item(Difference.Outcome outcome) {
    return new OutcomeItem(
        outcome.tier().word(),
        names(outcome.rules()),
        PoliciesApi.suppositions(outcome.suppositions()));
  }
}
