// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.consent;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.kind.Kinds;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.resource.Policy;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The rules that ask for people, as one digest of how they are written now. Whoever changes one of
/// them takes back what was agreed to under it; other rules of the same policy do not matter.
public final class AskingRules {
  private AskingRules() {}

  public static Digest digest(State state, Decision.RequireApproval decision) {
    StringBuilder all = new StringBuilder("rules\n");
    for (RuleName name :
        decision.grounds().rules().stream().sorted(AskingRules::compare).toList()) {
      all.append(name).append('\n').append(text(state, name)).append('\n');
    }
    return Digest.of(all.toString());
  }

  private static int compare(RuleName one, RuleName other) {
    return one.toString().compareTo(other.toString());
  }

  /// "" for a rule that is gone.
  private static String text(State state, RuleName name) {
    Optional<Policy> policy = state.find(Policy.class, name.policy());
    if (policy.isEmpty()) {
      return "";
    }
    JsonNode rules = Kinds.write(policy.get()).path("spec").path("rules");
    for (int place = 0; place < policy.get().rules().size(); place++) {
      if (policy.get().nameOf(place).equals(name)) {
        return CanonicalJson.text(rules.get(place));
      }
    }
    return "";
  }
}
