// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.call.Call;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.policy.KnownTool;
import dev.steward.policy.proof.Aim.Delegate;
import dev.steward.policy.proof.Aim.Model;
import dev.steward.policy.proof.Aim.Tool;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One agent, one thing that it may call, one environment and one workflow that it says, under two
/// regimes.
final class Ground {
  private final Regime before;
  private final Regime after;
  private final Optional<Agent> was;
  private final Optional<Agent> is;
  private final Aim aim;
  private final String environment;
  private final String workflow;
  private final Alike alike;

  Ground(
      Regime before,
      Regime after,
      Optional<Agent> was,
      Optional<Agent> is,
      Aim aim,
      String environment,
      String workflow) {
    this.before = before;
    this.after = after;
    this.was = was;
    this.is = is;
    this.aim = aim;
    this.environment = environment;
    this.workflow = workflow;
    this.alike = new Alike(was, is, tool(before), tool(after));
  }

  Aim aim() {
    return aim;
  }

  String environment() {
    return environment;
  }

  String workflow() {
    return workflow;
  }

  /// @param strictly whether what is not declared there counts as not callable
  Side before(boolean strictly) {
    return side(before, was, is, "before", strictly && declaredOnlyIn(after, before));
  }

  /// @param strictly whether what is not declared there counts as not callable
  Side after(boolean strictly) {
    return side(after, is, was, "after", strictly && declaredOnlyIn(before, after));
  }

  private Side side(
      Regime regime, Optional<Agent> mine, Optional<Agent> other, String name, boolean shut) {
    Agent agent =
        mine.or(() -> other).orElseThrow(() -> new IllegalStateException("an agent of neither"));
    UnaryOperator<String> unknown = when -> alike.same(when) ? when : when + "\n" + name;
    boolean unlisted =
        mine.isEmpty()
            || (other.isPresent() && !lists(mine.get().version()) && lists(other.get().version()));
    Call call = aim.call(agent, environment, workflow);
    return Side.of(regime.policies(), call, shut || unlisted, unknown);
  }

  private boolean declaredOnlyIn(Regime one, Regime other) {
    return aim instanceof Tool(String name) && declares(one, name) && !declares(other, name);
  }

  private static boolean declares(Regime regime, String tool) {
    return Universe.feature(tool)
        ? regime.policies().tools().servers().contains(tool.substring(0, tool.indexOf('/')))
        : regime.policies().tools().declares(tool);
  }

  /// What a version lists counts only where two versions differ in it.
  private boolean lists(AgentVersion version) {
    return switch (aim) {
      case Tool(String name) -> version.tools().stream().anyMatch(use -> lists(use, name));
      case Model(String name, String provider) ->
          version.models().stream().anyMatch(use -> lists(use, name, provider));
      case Delegate(String agent) -> version.delegates().contains(agent);
    };
  }

  private static boolean lists(ToolUse use, String tool) {
    return tool.startsWith(use.server() + "/")
        && (Universe.feature(tool)
            || use.tools().isEmpty()
            || use.tools().contains("*")
            || use.tools().contains(tool.substring(use.server().length() + 1)));
  }

  private static boolean lists(ModelUse use, String model, String provider) {
    return use.model().equals(model) && use.provider().equals(provider);
  }

  private Optional<KnownTool> tool(Regime regime) {
    return aim instanceof Tool(String name)
        ? Optional.of(regime.policies().tools().tool(name))
        : Optional.empty();
  }
}
