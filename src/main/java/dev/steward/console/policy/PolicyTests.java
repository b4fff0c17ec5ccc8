// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.format.Figures;
import dev.steward.console.part.Mark;
import dev.steward.console.policy.PoliciesPage.TestBox;
import dev.steward.console.policy.PoliciesPage.Tested;
import dev.steward.console.policy.PoliciesPage.TestedCase;
import dev.steward.control.cases.Cases;
import dev.steward.control.cases.PolicyCase;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import java.util.ArrayList;
import java.util.List;

/// Tells how cases come out by the policies in force.
final class PolicyTests {
  /// More is for `steward policy test`.
  private static final int CASES = 500;

  private PolicyTests() {}

  /// The box before anything is asked.
  static TestBox empty() {
    return new TestBox("", "", null);
  }

  /// @param text as it was written
  static TestBox of(String text, State state, List<Agent> agents) {
    try {
      Cases cases = Cases.of(text, agents);
      if (cases.cases().size() > CASES) {
        return new TestBox(text, "at most " + CASES + " cases are tried at once.", null);
      }
      return new TestBox(text, "", tested(cases.run(state.policies())));
    } catch (ApiException e) {
      return new TestBox(text, String.valueOf(e.getMessage()), null);
    }
  }

  private static Tested tested(List<PolicyCase.Result> results) {
    List<TestedCase> cases = new ArrayList<>();
    int wrong = 0;
    for (PolicyCase.Result result : results) {
      wrong += result.passed() ? 0 : 1;
      cases.add(
          new TestedCase(
              result.description(),
              result.passed()
                  ? new Mark(Mark.Tone.OK, "As wanted")
                  : new Mark(Mark.Tone.CRITICAL, "Otherwise"),
              PolicyWords.says(result.decision().tier()),
              result.passed() ? result.decision().grounds().reason() : result.wrong(),
              PolicyCards.rules(result.decision().grounds().rules())));
    }
    return new Tested(
        wrong == 0
            ? new Mark(Mark.Tone.OK, "All come out as wanted")
            : new Mark(Mark.Tone.CRITICAL, "Some come out otherwise"),
        "Of "
            + Figures.of(results.size(), "case", "cases")
            + ", "
            + Figures.exact(results.size() - wrong)
            + " came out as wanted and "
            + Figures.exact(wrong)
            + " otherwise.",
        cases);
  }
}
