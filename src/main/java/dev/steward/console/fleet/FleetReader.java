// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.agent.AgentSection;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.format.Took;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Sparkline;
import dev.steward.console.view.Registry;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Person;
import dev.steward.trace.run.AgentActivity;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Turns what an agent did, and what was declared of it, into its row.
///
/// @param registers whether the reader may register a sender of that name
record FleetReader(Registry registry, PageUrl url, Moments moments, Predicate<String> registers) {
  private static final String[] CARRIED = {"environment", "range"};

  /// An agent as declared and as seen; one of the two may be missing.
  record Both(@Nullable Agent agent, AgentActivity activity) {
    String team() {
      return agent == null ? "" : agent.metadata().labels().getOrDefault("team", "");
    }

    boolean matches(String text) {
      return activity.agent().contains(text)
          || (agent != null && agent.owner().contains(text))
          || activity.models().stream().anyMatch(m -> m.contains(text))
          || activity.tools().stream().anyMatch(t -> t.contains(text));
    }
  }

  AgentRow row(Both both) {
    AgentActivity activity = both.activity();
    Agent agent = both.agent();
    PageUrl runs = url.to("/runs", CARRIED).with("agent", activity.agent());
    return new AgentRow(
        "agent-" + Digest.of(activity.agent()).hex().substring(0, 12),
        activity.agent(),
        url.to(AgentSection.href(activity.agent()), CARRIED).toString(),
        runs.toString(),
        agent == null ? "" : version(agent),
        String.join(", ", activity.environments()),
        agent == null ? "" : owner(agent),
        agent == null ? "unknown" : agent.risk().name().toLowerCase(Locale.ROOT),
        agent == null ? "" : autonomy(agent.autonomy()),
        agent == null && registers.test(activity.agent())
            ? PageUrl.of("/fleet/register").with("name", activity.agent()).toString()
            : "",
        mark(both),
        activity.runs(),
        Sparkline.of(activity.runsPerSlice(), "runs over time"),
        new Rate(Math.min(activity.successes(), activity.withOutcome()), activity.withOutcome()),
        activity.errors(),
        runs.with("errors", "yes").toString(),
        activity.p95() == null ? "–" : Took.of(activity.p95()),
        CostText.of(activity.cost()),
        activity.runs() == 0 ? null : moments.of(activity.lastSeen()));
  }

  private String version(Agent agent) {
    String environment = url.get("environment");
    if (environment == null) {
      return agent.version().shortName();
    }
    return Ids.version(registry.versionInForce(agent.name(), environment));
  }

  private static String autonomy(Agent.Autonomy autonomy) {
    return switch (autonomy) {
      case SUGGEST -> "suggests";
      case ACT_WITH_APPROVAL -> "acts if approved";
      case ACT -> "acts";
    };
  }

  private String owner(Agent agent) {
    return registry
        .person(agent.owner())
        .map(Person::displayName)
        .filter(name -> !name.isBlank())
        .orElse(agent.owner());
  }

  private static Mark mark(Both both) {
    AgentActivity activity = both.activity();
    if (activity.open() > 0) {
      return new Mark(Mark.Tone.RUNNING, Figures.count(activity.open()) + " working");
    }
    if (activity.runs() == 0) {
      return new Mark(Mark.Tone.UNKNOWN, "No runs");
    }
    return both.agent() == null
        ? new Mark(Mark.Tone.UNKNOWN, "Not registered")
        : new Mark(Mark.Tone.OK, "Idle");
  }
}
