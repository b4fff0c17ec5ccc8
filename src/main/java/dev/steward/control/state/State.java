// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Scopes;
import dev.steward.control.alert.Alerts;
import dev.steward.control.approval.Approvals;
import dev.steward.control.baseline.Baselines;
import dev.steward.control.budget.BudgetBook;
import dev.steward.control.drill.Drills;
import dev.steward.control.incident.Incidents;
import dev.steward.control.policy.Rulebook;
import dev.steward.control.proposal.Proposals;
import dev.steward.control.release.Pins;
import dev.steward.control.release.Releases;
import dev.steward.control.shelf.Revision;
import dev.steward.control.shelf.Shelf;
import dev.steward.domain.Digest;
import dev.steward.domain.Subject;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.PolicySet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// Everything the control ledger says, up to one entry. It never changes; the next one is another.
///
/// Bodies of resources are read from the ledger when they are first asked for.
public final class State {
  private static final String AGENT = "Agent";
  private static final String PERSON = "Person";
  private static final Object NOTHING = new Object();

  private final long sequence;
  private final Instant at;
  private final Facts facts;
  private final Shelf shelf;
  private final Rulebook rulebook;

  State(long sequence, Instant at, Facts facts, Shelf shelf) {
    this(sequence, at, facts, shelf, null);
  }

  /// @param before what it goes on from, whose compiled policies are used again
  State(long sequence, Instant at, Facts facts, Shelf shelf, @Nullable State before) {
    this.sequence = sequence;
    this.at = at;
    this.facts = facts;
    this.shelf = shelf;
    this.rulebook =
        before != null && sameRules(before)
            ? before.rulebook
            : new Rulebook(
                before == null ? PolicySet.NONE : before.rulebook.latest(),
                () -> all(Policy.class),
                () -> all(ToolServer.class));
  }

  /// The State before the first entry.
  public static State empty(Shelf shelf) {
    return new State(0, Instant.EPOCH, Facts.NONE, shelf);
  }

  /// The State before the first entry of the same ledger.
  public State blank() {
    return empty(shelf);
  }

  /// How many entries of the ledger it is folded from.
  public long sequence() {
    return sequence;
  }

  /// Time of the last entry.
  public Instant at() {
    return at;
  }

  /// The resource as declared last, empty when it never was or is deleted.
  public <R extends Resource> Optional<R> find(Class<R> kind, String name) {
    return find(kind.getSimpleName(), name).map(kind::cast);
  }

  /// The resource as declared last, empty when it never was or is deleted.
  ///
  /// @param kind the word in `kind:`
  public Optional<Resource> find(String kind, String name) {
    Held held = ofKind(kind).get(key(kind, name));
    return held == null || held.last().deleted() ? Optional.empty() : Optional.of(load(held));
  }

  /// All resources of the kind that are not deleted, by name.
  public <R extends Resource> List<R> all(Class<R> kind) {
    return all(kind.getSimpleName()).stream().map(kind::cast).toList();
  }

  /// All resources of the kind that are not deleted, by name.
  ///
  /// @param kind the word in `kind:`
  public List<Resource> all(String kind) {
    List<Resource> all = new ArrayList<>();
    for (Held held : ofKind(kind).values()) {
      if (!held.last().deleted()) {
        all.add(load(held));
      }
    }
    if (kind.equals(PERSON)) {
      all.sort(Comparator.comparing(Resource::name));
    }
    return all;
  }

  /// Whether there is a resource of the kind that is not deleted.
  public boolean any(Class<? extends Resource> kind) {
    for (Held held : ofKind(kind.getSimpleName()).values()) {
      if (!held.last().deleted()) {
        return true;
      }
    }
    return false;
  }

  /// The policies in force, compiled when they are first asked for.
  public PolicySet policies() {
    return rulebook.policies();
  }

  public Optional<Agent> agent(String name) {
    return find(Agent.class, name);
  }

  /// Value of the agent's label `team`, "" when it has none or is not declared.
  public String team(String agent) {
    return agent(agent).map(Scopes::team).orElse("");
  }

  public Collection<Agent> agents() {
    return all(Agent.class);
  }

  /// Digest of the declared form, empty when there is none or it is deleted.
  ///
  /// @param kind the word in `kind:`
  public Optional<Digest> bodyOf(String kind, String name) {
    Held held = ofKind(kind).get(key(kind, name));
    return held == null ? Optional.empty() : Optional.ofNullable(held.last().body());
  }

  /// Every declared form of a resource and its tombstones, oldest first; also of a deleted one.
  ///
  /// @param kind the word in `kind:`
  /// @param name of a deleted person: the id
  public List<Revision> history(String kind, String name) {
    Held held = ofKind(kind).get(key(kind, name));
    return held == null ? List.of() : held.history();
  }

  /// Names of all that were ever declared of the kind, also of what is deleted.
  ///
  /// @param kind the word in `kind:`
  public Collection<String> everDeclared(String kind) {
    return ofKind(kind).values().stream().map(Held::key).toList();
  }

  /// The resource as one revision of it declared it.
  public Resource read(String kind, String name, Revision revision) {
    return kind.equals(PERSON)
        ? shelf.person(key(kind, name), revision)
        : shelf.resource(revision, this::personName);
  }

  /// The agent's versions, oldest first, each where it was first declared.
  public List<VersionEntry> versions(String agent) {
    List<VersionEntry> versions = new ArrayList<>();
    Set<Digest> seen = new HashSet<>();
    for (Revision revision : history(AGENT, agent)) {
      Digest version = revision.version();
      if (version != null && seen.add(version)) {
        versions.add(new VersionEntry(version, revision.sequence(), revision.at(), revision.by()));
      }
    }
    return versions;
  }

  /// The version of the agent whose digest begins so.
  public Optional<AgentVersion> version(String agent, String digestStart) {
    return versions(agent).stream()
        .map(VersionEntry::version)
        .filter(version -> version.hex().startsWith(digestStart))
        .findFirst()
        .map(version -> load(agent, version));
  }

  public Optional<AgentVersion> versionInForce(String agent, String environment) {
    return Optional.ofNullable(environments(agent).get(environment))
        .map(version -> load(agent, version));
  }

  /// Digest of the version in force, by environment.
  public Map<String, Digest> environments(String agent) {
    return facts.inForce().getOrDefault(agent, TreePMap.empty());
  }

  /// The key whose value has the hash, revoked or not.
  public Optional<AgentKey> agentKey(Digest hash) {
    return Optional.ofNullable(facts.keyIds().get(hash)).flatMap(this::agentKeyById);
  }

  public Optional<AgentKey> agentKeyById(String id) {
    return Optional.ofNullable(facts.keys().get(id));
  }

  public Collection<AgentKey> agentKeys() {
    return facts.keys().values();
  }

  /// The token whose value has the hash, revoked or not.
  public Optional<ApiToken> apiToken(Digest hash) {
    return Optional.ofNullable(facts.tokenIds().get(hash)).flatMap(this::apiTokenById);
  }

  public Optional<ApiToken> apiTokenById(String id) {
    return Optional.ofNullable(facts.tokens().get(id));
  }

  public Collection<ApiToken> apiTokens() {
    return facts.tokens().values();
  }

  public Collection<LegalHold> legalHolds() {
    return facts.holds().values();
  }

  public Optional<LegalHold> legalHold(String id) {
    return Optional.ofNullable(facts.holds().get(id));
  }

  public boolean held(LegalHold.Subject subject, String subjectId) {
    return facts.holds().values().stream()
        .anyMatch(hold -> hold.subject() == subject && hold.subjectId().equals(subjectId));
  }

  /// The person with the id or the name.
  public Optional<Person> person(String idOrName) {
    return find(Person.class, idOrName);
  }

  /// Ids of people who were erased.
  public Set<String> erasedPeople() {
    return facts.erased();
  }

  public Optional<String> setting(String name) {
    return Optional.ofNullable(facts.settings().get(name));
  }

  public Map<String, String> settings() {
    return facts.settings();
  }

  /// The kills in force.
  public Kills kills() {
    return facts.kills();
  }

  /// A kill that means the call, empty when it may go on.
  public Optional<Kill> killed(Subject subject) {
    return facts.kills().of(subject);
  }

  /// What was lent, spent and topped up of each budget's windows.
  public BudgetBook budgets() {
    return facts.budgets();
  }

  /// The drills that were held.
  public Drills drills() {
    return facts.drills();
  }

  /// The calls that people are or were asked about.
  public Approvals approvals() {
    return facts.approvals();
  }

  /// The releases, and which versions were in force where.
  public Releases releases() {
    return facts.releases();
  }

  /// The changes that wait for a second person, and those that did.
  public Proposals proposals() {
    return facts.proposals();
  }

  /// What agents' runs are compared with, and what differs from it.
  public Baselines baselines() {
    return facts.baselines();
  }

  public Alerts alerts() {
    return facts.alerts();
  }

  public Incidents incidents() {
    return facts.incidents();
  }

  /// What a release pinned, by the digest of it.
  public Pins pins(Digest digest) {
    return Pins.read(shelf.body(digest));
  }

  /// The whole of a decision on a canary, of a baseline or of the evidence of drift as JSON, by the
  /// digest of it.
  public String record(Digest record) {
    return shelf.body(record);
  }

  /// Another object whenever a resource of the kind has changed.
  ///
  /// @param kind the word in `kind:`
  public Object revisionOf(String kind) {
    Object ofKind = facts.resources().get(kind);
    return ofKind == null ? NOTHING : ofKind;
  }

  /// The text behind a commitment such as a hold's reason, empty once erased.
  public Optional<String> text(Digest commitment) {
    return shelf.people().text(commitment);
  }

  /// What the actor may do; nothing for one who is deleted, erased, revoked or unknown.
  public Authority authority(Actor actor, Instant now) {
    return switch (actor.kind()) {
      case "system" -> Authority.EVERYTHING;
      case "person" ->
          person(actor.id()).map(p -> new Authority(p.grants())).orElse(Authority.NONE);
      case "token" ->
          apiTokenById(actor.id())
              .filter(token -> token.active(now))
              .filter(token -> token.holder().isEmpty() || person(token.holder()).isPresent())
              .map(token -> new Authority(token.grants()))
              .orElse(Authority.NONE);
      default -> Authority.NONE;
    };
  }

  /// Two States are equal when the same entries say the same.
  @Override
  public boolean equals(Object other) {
    return other instanceof State state
        && sequence == state.sequence
        && at.equals(state.at)
        && facts.equals(state.facts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(sequence, at);
  }

  @Override
  public String toString() {
    return "State[" + sequence + " at " + at + ": " + facts + "]";
  }

  Facts facts() {
    return facts;
  }

  Shelf shelf() {
    return shelf;
  }

  /// Maps that are not the same object are taken for different: comparing them costs more than
  /// compiling again.
  @SuppressWarnings("ReferenceEquality")
  private boolean sameRules(State before) {
    return facts.resources().get("Policy") == before.facts.resources().get("Policy")
        && facts.resources().get("ToolServer") == before.facts.resources().get("ToolServer");
  }

  private TreePMap<String, Held> ofKind(String kind) {
    return facts.resources().getOrDefault(kind, TreePMap.empty());
  }

  private String key(String kind, String name) {
    return kind.equals(PERSON) ? facts.personIds().getOrDefault(name, name) : name;
  }

  private Resource load(Held held) {
    return held.resource(() -> read(held.kind(), held.key(), held.last()));
  }

  private String personName(String id) {
    return person(id).map(Person::name).orElse(id);
  }

  private AgentVersion load(String agent, Digest version) {
    return agent(agent)
        .map(Agent::version)
        .filter(last -> last.digest().equals(version))
        .orElseGet(() -> shelf.version(version));
  }
}
