// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.event.Event;
import dev.steward.control.kind.Kinds;
import dev.steward.control.kind.Names;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.Plan;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.ApiToken;
import dev.steward.control.state.SealedText;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// From a command and a State to events, or to the reason why not. It writes nothing.
final class Decider {
  private static final int SETTING_CHARACTERS_MAX = 4096;
  private static final int ID_CHARACTERS_MAX = 200;

  private final State state;
  private final Authority authority;
  private final Actor actor;
  private final Instant now;
  private final RandomGenerator random;
  private final Decided decided = new Decided();

  private Decider(State state, Actor actor, Instant now, RandomGenerator random) {
    this.state = state;
    this.authority = state.authority(actor, now);
    this.actor = actor;
    this.now = now;
    this.random = random;
  }

  /// @throws ApiException with every reason
  static Decided decide(
      State state, Command command, Actor actor, Instant now, RandomGenerator random) {
    return new Decider(state, actor, now, random).decide(command);
  }

  private Decided decide(Command command) {
    switch (command) {
      case Command.ApplyResources apply -> {
        return new Applying(state, authority, random).decide(apply.declarations());
      }
      case Command.DeleteResource delete -> delete(Kinds.word(delete.kind()), delete.name());
      case Command.IssueAgentKey issue -> issue(issue);
      case Command.RevokeAgentKey revoke -> revoke(revoke);
      case Command.IssueToken issue -> issue(issue);
      case Command.RevokeToken revoke -> revoke(revoke);
      case Command.PlaceHold hold -> place(hold);
      case Command.LiftHold lift -> lift(lift);
      case Command.ErasePerson erase -> erase(erase);
      case Command.ChangeSetting change -> change(change);
      case Command.RecordSnapshot snapshot -> {
        if (!actor.equals(Actor.SYSTEM)) {
          throw new ApiException(ErrorCode.FORBIDDEN, "only the server records its snapshots");
        }
        decided.add(new Event.SnapshotTaken(snapshot.sequence(), snapshot.digest()));
      }
    }
    return decided;
  }

  private void delete(String kind, String name) {
    Resource resource = state.find(kind, name).orElseThrow(() -> notFound(kind, name, names(kind)));
    need(
        resource instanceof Person ? Permission.MANAGE_PEOPLE : Permission.DECLARE,
        Scopes.of(resource));
    String key = resource.name();
    switch (resource) {
      case Agent agent ->
          state.agentKeys().stream()
              .filter(agentKey -> agentKey.active() && agentKey.agent().equals(agent.name()))
              .forEach(agentKey ->
                  decided.add(
                      new Event.AgentKeyRevoked(agentKey.id(), seal("its agent is deleted"))));
      case Person person -> {
        refuseOwner(person, "deleted");
        revokeTokensOf(person, "its holder is deleted");
        key = person.id();
      }
      case ToolServer _, DataSource _, ModelProvider _, Price _ -> {
        // Nothing hangs on it.
      }
    }
    decided.add(new Event.ResourceDeleted(kind, key));
    decided.plan(
        new Plan(List.of(new Change.Deleted(kind, resource.name())), List.of(), List.of()));
  }

  private void issue(Command.IssueAgentKey issue) {
    Agent agent =
        state
            .agent(issue.agent())
            .orElseThrow(() -> notFound("Agent", issue.agent(), names("Agent")));
    Names.refuse(issue.environment())
        .ifPresent(reason -> {
          throw new ApiException(ErrorCode.INVALID, "environment: " + reason);
        });
    need(
        Permission.ISSUE_KEYS, Target.agent(agent.name(), Scopes.team(agent), issue.environment()));
    if (state.agentKeyById(issue.id()).isPresent() || state.agentKey(issue.hash()).isPresent()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "key " + issue.id() + " exists already; make a new one");
    }
    decided.add(
        new Event.AgentKeyIssued(
            issue.id(),
            issue.hash(),
            agent.name(),
            issue.environment(),
            issue.version().isEmpty() ? "" : version(agent, issue.version())));
  }

  private String version(Agent agent, String start) {
    return state
        .version(agent.name(), start)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "agent " + agent.name() + " has no version " + start + "; see its versions"))
        .digest()
        .hex();
  }

  private void revoke(Command.RevokeAgentKey revoke) {
    AgentKey key =
        state
            .agentKeyById(revoke.id())
            .orElseThrow(() ->
                notFound(
                    "key", revoke.id(), state.agentKeys().stream().map(AgentKey::id).toList()));
    String team = state.agent(key.agent()).map(Scopes::team).orElse("");
    need(Permission.ISSUE_KEYS, Target.agent(key.agent(), team, key.environment()));
    if (!key.active()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "key " + key.id() + " was revoked at " + key.revokedAt());
    }
    decided.add(new Event.AgentKeyRevoked(key.id(), seal(revoke.reason())));
  }

  private void issue(Command.IssueToken issue) {
    need(Permission.MANAGE_TOKENS, Target.SERVER);
    String holder = "";
    if (!issue.holder().isEmpty()) {
      holder =
          state
              .person(issue.holder())
              .orElseThrow(() -> notFound("Person", issue.holder(), names("Person")))
              .id();
    }
    if (issue.grants().isEmpty()) {
      throw new ApiException(ErrorCode.INVALID, "a token without a role may do nothing; name one");
    }
    Names.refuse(issue.purpose())
        .ifPresent(reason -> {
          throw new ApiException(ErrorCode.INVALID, "purpose: " + reason);
        });
    if (issue.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
      throw new ApiException(ErrorCode.INVALID, "the token would be expired already");
    }
    if (state.apiTokenById(issue.id()).isPresent() || state.apiToken(issue.hash()).isPresent()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "token " + issue.id() + " exists already; make a new one");
    }
    decided.add(
        new Event.TokenIssued(
            issue.id(), issue.hash(), holder, issue.purpose(), issue.grants(), issue.expiresAt()));
  }

  private void revoke(Command.RevokeToken revoke) {
    need(Permission.MANAGE_TOKENS, Target.SERVER);
    ApiToken token =
        state
            .apiTokenById(revoke.id())
            .orElseThrow(() ->
                notFound(
                    "token", revoke.id(), state.apiTokens().stream().map(ApiToken::id).toList()));
    if (token.revokedAt() != null) {
      throw new ApiException(
          ErrorCode.CONFLICT, "token " + token.id() + " was revoked at " + token.revokedAt());
    }
    decided.add(new Event.TokenRevoked(token.id(), seal(revoke.reason())));
  }

  private void place(Command.PlaceHold hold) {
    if (!authority.mayAnywhere(Permission.OPERATE)) {
      throw forbidden(Permission.OPERATE);
    }
    if (hold.subjectId().isBlank() || hold.subjectId().length() > ID_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.INVALID, "a hold must name one run, conversation or incident by its id");
    }
    if (hold.reason().isBlank()) {
      throw new ApiException(ErrorCode.INVALID, "a legal hold needs a reason");
    }
    if (state.legalHold(hold.id()).isPresent()) {
      throw new ApiException(ErrorCode.CONFLICT, "hold " + hold.id() + " exists already");
    }
    decided.add(
        new Event.HoldPlaced(
            hold.id(),
            hold.subject().name().toLowerCase(Locale.ROOT),
            hold.subjectId(),
            seal(hold.reason())));
  }

  private void lift(Command.LiftHold lift) {
    need(Permission.OPERATE, Target.SERVER);
    if (state.legalHold(lift.id()).isEmpty()) {
      throw notFound(
          "legal hold", lift.id(), state.legalHolds().stream().map(h -> h.id()).toList());
    }
    decided.add(new Event.HoldLifted(lift.id(), seal(lift.reason())));
  }

  private void erase(Command.ErasePerson erase) {
    need(Permission.MANAGE_PEOPLE, Target.SERVER);
    String id = state.person(erase.person()).map(Person::id).orElse(erase.person());
    if (state.history("Person", id).isEmpty()) {
      throw notFound("Person", erase.person(), names("Person"));
    }
    if (state.erasedPeople().contains(id)) {
      throw new ApiException(ErrorCode.CONFLICT, id + " is erased already");
    }
    List<String> words = new ArrayList<>();
    state
        .person(id)
        .ifPresent(person -> {
          refuseOwner(person, "erased");
          revokeTokensOf(person, "its holder is erased");
          Stream.of(person.name(), person.email(), person.displayName())
              .filter(Decider::telling)
              .forEach(words::add);
        });
    decided.add(new Event.PersonErased(id, seal(erase.reason())));
    decided.add(new Decided.Erasure(id, words));
  }

  private void change(Command.ChangeSetting change) {
    need(Permission.OPERATE, Target.SERVER);
    Names.refuse(change.name())
        .ifPresent(reason -> {
          throw new ApiException(ErrorCode.INVALID, "setting: " + reason);
        });
    if (change.value().length() > SETTING_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE, "a setting holds at most " + SETTING_CHARACTERS_MAX + " characters");
    }
    if (!state.setting(change.name()).equals(Optional.of(change.value()))) {
      decided.add(new Event.SettingChanged(change.name(), change.value()));
    }
  }

  private void refuseOwner(Person person, String what) {
    List<String> owned =
        Kinds.words().stream()
            .filter(kind -> Kinds.of(kind).owned())
            .flatMap(kind -> state.all(kind).stream())
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
    state.apiTokens().stream()
        .filter(token -> token.revokedAt() == null && token.holder().equals(person.id()))
        .forEach(token -> decided.add(new Event.TokenRevoked(token.id(), seal(reason))));
  }

  private Digest seal(String reason) {
    SealedText sealed = SealedText.seal("", reason, random);
    decided.add(sealed);
    return sealed.commitment();
  }

  private void need(Permission permission, Target target) {
    if (!authority.may(permission, target)) {
      throw forbidden(permission);
    }
  }

  private List<String> names(String kind) {
    return state.all(kind).stream().map(Resource::name).toList();
  }

  /// A word that tells who is meant; a short one stands in too many texts.
  private static boolean telling(String word) {
    return word.contains("@") || word.strip().contains(" ");
  }

  private static ApiException forbidden(Permission permission) {
    return new ApiException(
        ErrorCode.FORBIDDEN,
        "this needs the permission " + permission + " there; ask an admin for a role that has it");
  }

  private static ApiException notFound(String what, String name, List<String> known) {
    return new ApiException(
        ErrorCode.NOT_FOUND, "no " + what + " '" + name + "'." + Nearest.hint(name, known));
  }
}
