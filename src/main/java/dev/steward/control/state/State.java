// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Resource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything the control ledger says, up to one entry. It never changes; the next one is another.
public final class State {
  /// How many entries of the ledger it is folded from.
  public long sequence() {
    throw new UnsupportedOperationException();
  }

  /// Time of the last entry.
  public Instant at() {
    throw new UnsupportedOperationException();
  }

  /// The resource as declared last, empty when it never was or is deleted.
  public <R extends Resource> Optional<R> find(Class<R> kind, String name) {
    throw new UnsupportedOperationException();
  }

  /// All resources of the kind that are not deleted, by name.
  public <R extends Resource> Collection<R> all(Class<R> kind) {
    throw new UnsupportedOperationException();
  }

  public Optional<Agent> agent(String name) {
    return find(Agent.class, name);
  }

  public Collection<Agent> agents() {
    return all(Agent.class);
  }

  /// Every declared form of a resource and its tombstones, oldest first; also of a deleted one.
  ///
  /// @param kind the word in `kind:`
  public List<Revision> history(String kind, String name) {
    throw new UnsupportedOperationException();
  }

  /// The resource as one revision of it declared it.
  public Resource read(String kind, String name, Revision revision) {
    throw new UnsupportedOperationException();
  }

  /// The agent's versions, oldest first, each where it was first declared.
  public List<VersionEntry> versions(String agent) {
    throw new UnsupportedOperationException();
  }

  /// The version of the agent whose digest begins so.
  public Optional<AgentVersion> version(String agent, String digestStart) {
    throw new UnsupportedOperationException();
  }

  public Optional<AgentVersion> versionInForce(String agent, String environment) {
    throw new UnsupportedOperationException();
  }

  /// Digest of the version in force, by environment.
  public Map<String, Digest> environments(String agent) {
    throw new UnsupportedOperationException();
  }

  /// The key whose value has the hash, revoked or not.
  public Optional<AgentKey> agentKey(Digest hash) {
    throw new UnsupportedOperationException();
  }

  public Collection<AgentKey> agentKeys() {
    throw new UnsupportedOperationException();
  }

  /// The token whose value has the hash, revoked or not.
  public Optional<ApiToken> apiToken(Digest hash) {
    throw new UnsupportedOperationException();
  }

  public Collection<ApiToken> apiTokens() {
    throw new UnsupportedOperationException();
  }

  public Collection<LegalHold> legalHolds() {
    throw new UnsupportedOperationException();
  }

  public boolean held(LegalHold.Subject subject, String subjectId) {
    throw new UnsupportedOperationException();
  }

  /// The person with the id or the name.
  public Optional<Person> person(String idOrName) {
    throw new UnsupportedOperationException();
  }

  /// Ids of people who were erased.
  public Set<String> erasedPeople() {
    throw new UnsupportedOperationException();
  }

  public Optional<String> setting(String name) {
    throw new UnsupportedOperationException();
  }

  public Map<String, String> settings() {
    throw new UnsupportedOperationException();
  }

  /// The text behind a commitment such as a hold's reason, empty once erased.
  public Optional<String> text(Digest commitment) {
    throw new UnsupportedOperationException();
  }

  /// What the actor may do; nothing for one who is deleted, erased, revoked or unknown.
  public Authority authority(Actor actor, Instant now) {
    throw new UnsupportedOperationException();
  }
}
