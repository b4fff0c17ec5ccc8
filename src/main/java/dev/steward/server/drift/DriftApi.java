// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import dev.steward.control.access.Permission;
import dev.steward.control.state.State;
import dev.steward.insight.behaviour.AgentDrift;
import dev.steward.insight.behaviour.DriftSaid;
import dev.steward.insight.cause.DriftStories;
import dev.steward.insight.cause.DriftStory;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How agents do beside what they did when their baselines were learnt.
public final class DriftApi {
  private final Supplier<State> state;
  private final DriftSaid said;
  private final DriftStories stories;

  public DriftApi(Supplier<State> state, DriftSaid said, DriftStories stories) {
    this.state = state;
    this.said = said;
    this.stories = stories;
  }

  /// By agent and environment.
  public record DriftList(List<DriftItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/drift", Need.READ)
            .about(
                "Drift",
                "How each registered agent does beside what it did when its baseline was learnt:"
                    + " shares of its runs before and lately, the evidence of a change, alarms and"
                    + " what may have caused them.")
            .query("agent", "string", "Only this agent.")
            .query("environment", "string", "Only there.")
            .query("drifted", "boolean", "Only those of which an alarm is open, or only others.")
            .gives(DriftList.class)
            .by(this::list));
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    Optional<String> agent = asked.text("agent");
    Optional<String> environment = asked.text("environment");
    Optional<Boolean> drifted = asked.truth("drifted");
    Sight sight = new Sight(exchange.caller(), state.get());
    List<DriftItem> items = new ArrayList<>();
    for (AgentDrift drift : said.all()) {
      String name = drift.place().agent();
      String where = drift.place().environment();
      if (agent.map(name::equals).orElse(true)
          && environment.map(where::equals).orElse(true)
          && exchange.caller().may(Permission.READ, sight.target(name, where))) {
        List<DriftStory> all = stories.of(drift.place());
        boolean open = all.stream().anyMatch(story -> story.alarm().open());
        if (drifted.map(wanted -> wanted == open).orElse(true)) {
          items.add(DriftItem.of(drift, all));
        }
      }
    }
    return Reply.json(new DriftList(items));
  }
}
