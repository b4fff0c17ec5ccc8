// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.event.Event;
import dev.steward.control.kind.Kinds;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.Plan;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is decided about ends: deleting a resource, erasing a person.
final class Departures {
  private static final String AGENT_DELETED = "its agent is deleted";

  private final Matter matter;

  Departures(Matter matter) {
    this.matter = matter;
  }

  void delete(String kind, String name) {
    Resource resource =
        matter
            .state()
            .find(kind, name)
            .orElseThrow(() -> matter.notFound(kind, name, matter.names(kind)));
    matter.need(Scopes.permission(resource), Scopes.of(resource));
    String key = resource.name();
    switch (resource) {
      case Agent agent -> {
        endTrials(agent);
        new Watching(matter).end(agent, AGENT_DELETED);
        matter.state().agentKeys().stream()
            .filter(agentKey -> agentKey.active() && agentKey.agent().equals(agent.name()))
            .forEach(agentKey ->
                matter
                    .decided()
                    .add(new Event.AgentKeyRevoked(agentKey.id(), matter.seal(AGENT_DELETED))));
      }
      case Person person -> {
        refuseOwner(person, "deleted");
        revokeTokensOf(person, "its holder is deleted");
        key = person.id();
      }
      case ToolServer _,
          DataSource _,
          ModelProvider _,
          Price _,
          Policy _,
          Budget _,
          Channel _,
          AlertRule _,
          Gate _ -> {
        // Nothing hangs on it.
      }
    }
    matter.decided().add(new Event.ResourceDeleted(kind, key));
    matter
        .decided()
        .plan(new Plan(List.of(new Change.Deleted(kind, resource.name())), List.of(), List.of()));
  }

  private void endTrials(Agent agent) {
    for (ReleaseRecord record : matter.state().releases().apart()) {
      if (record.release().agent().equals(agent.name())) {
        new Releasing(matter)
            .move(record, new ReleaseState.Refused(), record.pins(), matter.seal(AGENT_DELETED));
      }
    }
  }

  void erase(Command.ErasePerson erase) {
    matter.need(Permission.MANAGE_PEOPLE, Target.SERVER);
    String id = matter.state().person(erase.person()).map(Person::id).orElse(erase.person());
    if (matter.state().history("Person", id).isEmpty()) {
      throw matter.notFound("Person", erase.person(), matter.names("Person"));
    }
    if (matter.state().erasedPeople().contains(id)) {
      throw new ApiException(ErrorCode.CONFLICT, id + " is erased already");
    }
    List<String> words = new ArrayList<>();
    matter
        .state()
        .person(id)
        .ifPresent(person -> {
          refuseOwner(person, "erased");
          revokeTokensOf(person, "its holder is erased");
          Stream.of(person.name(), person.email(), person.displayName())
              .filter(Departures::telling)
              .forEach(words::add);
        });
    matter.decided().add(new Event.PersonErased(id, matter.seal(erase.reason())));
    matter.decided().add(new Decided.Erasure(id, words));
  }

  private void refuseOwner(Person person, String what) {
    List<String> owned =
        Kinds.words().stream()
            .filter(kind -> Kinds.of(kind).owned())
            .flatMap(kind -> matter.state().all(kind).stream())
            .filter(resource -> Scopes.owner(resource).equals(person.name()))
            .map(resource -> resource.kind() + " " + resource.name())
            .toList();
    if (!owned.isEmpty()) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          person.name()
              + " cannot be "
              + what
              + " while owning "
              + String.join(", ", owned.subList(0, Math.min(10, owned.size())))
              + (owned.size() > 10 ? " and " + (owned.size() - 10) + " more" : "")
              + "; give them another owner first");
    }
  }

  private void revokeTokensOf(Person person, String reason) {
    matter.state().apiTokens().stream()
        .filter(token -> token.revokedAt() == null && token.holder().equals(person.id()))
        .forEach(
            token -> matter.decided().add(new Event.TokenRevoked(token.id(), matter.seal(reason))));
  }

  /// A word that tells who is meant; a short one stands in too many texts.
  private static boolean telling(String word) {
    return word.contains("@") || word.strip().contains(" ");
  }
}
