// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.event.Event;
import dev.steward.control.state.Kill;
import dev.steward.control.state.PersonBehind;
import dev.steward.control.state.State;
import dev.steward.control.state.VersionEntry;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is decided about kills.
final class Stops {
  private static final int KILLS_MAX = 10_000;
  private static final int VERSION_CHARACTERS_MIN = 8;

  /// A selector that names no more than this means everything there.
  private static final Set<Part> ALL_OF_IT = Set.of(Part.ENVIRONMENT);

  private final Matter matter;
  private final State state;

  Stops(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
  }

  void kill(Command.Kill kill) {
    matter.need(Permission.STOP, target(kill.selector()));
    Matter.checkReason(kill.reason(), "a kill");
    Selector selector = known(kill.selector());
    if (state.kills().of(selector).isPresent()) {
      return;
    }
    if (state.kills().find(kill.id()).isPresent()) {
      throw new ApiException(ErrorCode.CONFLICT, "kill " + kill.id() + " exists already");
    }
    if (state.kills().size() >= KILLS_MAX && !selector.everything()) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          KILLS_MAX
              + " kills are in force already; kill what they have in common, or restore some");
    }
    matter
        .decided()
        .add(
            new Event.Killed(
                kill.id(), selector.words(), grave(selector), matter.seal(kill.reason())));
  }

  void restore(Command.Restore restore) {
    Kill kill =
        state
            .kills()
            .find(restore.id())
            .orElseThrow(() ->
                matter.notFound(
                    "kill in force",
                    restore.id(),
                    state.kills().all().stream().map(Kill::id).toList()));
    matter.need(Permission.STOP, target(kill.selector()));
    Matter.checkReason(restore.reason(), "a restore");
    Digest reason = matter.seal(restore.reason());
    if (!kill.secondPerson() && !grave(kill.selector())) {
      matter.decided().add(new Event.Restored(kill.id(), reason));
      return;
    }
    Optional<Kill.Proposal> standing = kill.proposal().filter(p -> mayStill(p.by(), kill));
    if (standing.isEmpty()) {
      matter.decided().add(new Event.RestoreProposed(kill.id(), reason));
      return;
    }
    requireSecond(standing.get().by());
    matter.decided().add(new Event.Restored(kill.id(), reason));
  }

  private boolean mayStill(Actor actor, Kill kill) {
    return state.authority(actor, matter.now()).may(Permission.STOP, target(kill.selector()));
  }

  private void requireSecond(Actor first) {
    String second = PersonBehind.of(matter.actor(), state);
    if (second.isEmpty()) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "a second person must agree, and a token that is nobody's is no person; log in with one's"
              + " own token");
    }
    if (first.equals(matter.actor()) || second.equals(PersonBehind.orMaker(first, state))) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "you proposed this already; it is restored as soon as a second person restores it too");
    }
  }

  private Target target(Selector selector) {
    return Scopes.of(selector, state::team);
  }

  /// The selector with its version in full.
  ///
  /// @throws ApiException NOT_FOUND when it names an agent or a version that never was: who stops
  ///   the wrong name believes that it is stopped
  private Selector known(Selector selector) {
    String agent = selector.value(Part.AGENT);
    if (!agent.isEmpty() && state.history("Agent", agent).isEmpty()) {
      throw matter.notFound("Agent", agent, matter.names("Agent"));
    }
    String version = selector.value(Part.VERSION);
    if (version.isEmpty()) {
      return selector;
    }
    List<String> found = new ArrayList<>();
    for (String name : agent.isEmpty() ? state.everDeclared("Agent") : List.of(agent)) {
      for (VersionEntry entry : state.versions(name)) {
        if (version.length() >= VERSION_CHARACTERS_MIN
            && entry.version().hex().startsWith(version)
            && !found.contains(entry.version().hex())) {
          found.add(entry.version().hex());
        }
      }
    }
    if (found.size() != 1) {
      throw new ApiException(
          ErrorCode.NOT_FOUND,
          (found.isEmpty() ? "no version begins with " : "several versions begin with ")
              + version
              + "; name it by its digest or at least the first "
              + VERSION_CHARACTERS_MIN
              + " characters of it, as 'steward get agent' shows it");
    }
    return selector.with(Part.VERSION, found.getFirst());
  }

  /// Whether letting it go on is so grave that one person alone may not.
  private boolean grave(Selector selector) {
    if (selector.labels().isEmpty() && ALL_OF_IT.containsAll(selector.parts().keySet())) {
      return true;
    }
    String named = selector.value(Part.AGENT);
    if (!named.isEmpty()) {
      return state.agent(named).filter(Stops::high).isPresent();
    }
    String version = selector.value(Part.VERSION);
    if (version.isEmpty() && selector.labels().isEmpty()) {
      return false;
    }
    for (Agent agent : state.agents()) {
      if (high(agent) && carries(agent, selector.labels()) && has(agent, version)) {
        return true;
      }
    }
    return false;
  }

  private static boolean high(Agent agent) {
    return agent.risk() == Agent.Risk.HIGH;
  }

  private static boolean carries(Agent agent, Map<String, String> labels) {
    return agent.metadata().labels().entrySet().containsAll(labels.entrySet());
  }

  private boolean has(Agent agent, String version) {
    return version.isEmpty()
        || state.versions(agent.name()).stream()
            .anyMatch(entry -> entry.version().hex().equals(version));
  }
}
