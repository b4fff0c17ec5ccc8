// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.assurance.incident.AffectedRun;
import dev.steward.assurance.incident.IncidentStory;
import dev.steward.console.agent.Keys;
import dev.steward.console.format.Figures;
import dev.steward.console.frame.Visit;
import dev.steward.console.incident.IncidentPage.Ways;
import dev.steward.console.part.Deed;
import dev.steward.console.release.Rollbacks;
import dev.steward.console.stop.KillDeeds;
import dev.steward.console.stop.KillRows;
import dev.steward.console.view.ConsoleViews;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.state.State;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.Agent;
import dev.steward.trace.effect.RunEffect;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What ends the harm of an incident, from its own page: each agent killed, rolled back, without
/// its keys, without a tool, or without releases. What is done stands in the incident's timeline,
/// as it is in the ledger.
record Containment(ConsoleViews views, InstantSource clock) {
  private static final int TOOLS_MAX = 4;

  /// Nothing where it is over, or the reader may do none of it.
  List<Ways> of(Visit visit, IncidentStory story) {
    List<Ways> parts = new ArrayList<>();
    if (story.incident().open()) {
      for (Concern concern : story.incident().agents()) {
        List<Deed> deeds = deeds(visit, story, concern);
        if (!deeds.isEmpty()) {
          parts.add(new Ways(concern.words(), deeds));
        }
      }
    }
    return parts;
  }

  /// Does what a button asks for.
  ///
  /// @return what was done, empty when the word names no deed or the agent is not of the incident
  Optional<String> act(Visit visit, Incident incident, String word) {
    return switch (word) {
      case "kill", "restore" -> new KillDeeds(views).act(visit, word);
      case "rollback" ->
          concerned(visit, incident).map(_ -> new Rollbacks(views, clock).act(visit));
      case "revoke" -> concerned(visit, incident).map(concern -> revoke(visit, incident, concern));
      case "freeze" ->
          concerned(visit, incident).map(concern -> freeze(incident).act(visit, concern));
      default -> Optional.empty();
    };
  }

  private List<Deed> deeds(Visit visit, IncidentStory story, Concern concern) {
    State state = views.control().state();
    String page = IncidentSection.href(story.incident().id());
    Optional<Agent> agent = state.agent(concern.agent());
    List<Deed> deeds = new ArrayList<>();
    kill(visit, page, selector(concern), concern.agent()).ifPresent(deeds::add);
    agent.ifPresent(known -> deeds.addAll(back(visit, page, state, known, concern)));
    for (String tool : tools(story, concern)) {
      kill(visit, page, selector(concern).with(Part.TOOL, tool), tool).ifPresent(deeds::add);
    }
    keys(visit, story.incident(), concern)
        .any()
        .map(deed -> deed.shown("Revoke its keys"))
        .ifPresent(deeds::add);
    agent
        .flatMap(known -> freeze(story.incident()).deed(visit, known, concern, page + "/freeze"))
        .ifPresent(deeds::add);
    return deeds;
  }

  /// Kills it, or restores what was killed.
  private Optional<Deed> kill(Visit visit, String page, Selector selector, String what) {
    KillRows kills = new KillRows(views, page);
    if (views.control().state().kills().of(selector).isPresent()) {
      return kills
          .restore(visit.request(), visit.reader(), selector)
          .map(deed -> deed.shown("Restore " + what));
    }
    return kills.mayStop(visit.reader(), selector)
        ? Optional.of(
            kills.kill(visit.request().csrf(), "kill-" + selector, selector).shown("Stop " + what))
        : Optional.empty();
  }

  private static List<Deed> back(
      Visit visit, String page, State state, Agent agent, Concern concern) {
    List<Deed> deeds = new ArrayList<>();
    for (String environment : state.environments(agent.name()).keySet()) {
      if (concern.environment().isEmpty() || concern.environment().equals(environment)) {
        Rollbacks.deed(
                state,
                visit.reader(),
                visit.request().csrf(),
                agent,
                environment,
                page + "/rollback")
            .ifPresent(deeds::add);
      }
    }
    return deeds;
  }

  /// Those that did something which nobody has undone.
  private static SortedSet<String> tools(IncidentStory story, Concern concern) {
    SortedSet<String> tools = new TreeSet<>();
    for (AffectedRun affected : story.runs()) {
      for (RunEffect effect : affected.open()) {
        boolean theirs = affected.run().agent().equals(concern.agent());
        if (theirs && !effect.server().isEmpty() && tools.size() < TOOLS_MAX) {
          tools.add(effect.server() + "/" + effect.tool());
        }
      }
    }
    return tools;
  }

  private Keys keys(Visit visit, Incident incident, Concern concern) {
    return new Keys(
        views.control().state(),
        concern.agent(),
        concern.environment(),
        visit.reader(),
        visit.request().csrf(),
        IncidentSection.href(incident.id()) + "/revoke");
  }

  private String revoke(Visit visit, Incident incident, Concern concern) {
    int revoked =
        keys(visit, incident, concern).revoke(views.control(), null, visit.field("reason"));
    return Figures.of(revoked, "key", "keys") + " of " + concern.words() + " revoked.";
  }

  private Freezing freeze(Incident incident) {
    return new Freezing(views.control(), incident, clock);
  }

  private static Selector selector(Concern concern) {
    Selector selector = Selector.agent(concern.agent());
    return concern.environment().isEmpty()
        ? selector
        : selector.with(Part.ENVIRONMENT, concern.environment());
  }

  /// The agent that a form names, where the incident is about it.
  private static Optional<Concern> concerned(Visit visit, Incident incident) {
    Concern named = new Concern(visit.field("agent"), visit.field("environment"));
    return incident.agents().stream()
            .anyMatch(each ->
                each.agent().equals(named.agent())
                    && (each.environment().isEmpty()
                        || each.environment().equals(named.environment())))
        ? Optional.of(named)
        : Optional.empty();
  }
}
