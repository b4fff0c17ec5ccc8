// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.control.alert.Alerts;
import dev.steward.control.approval.Answer;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Approvals;
import dev.steward.control.approval.Status;
import dev.steward.control.baseline.Baselines;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.budget.BudgetBook;
import dev.steward.control.budget.TopUp;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.drill.Drill;
import dev.steward.control.drill.Drills;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.Incidents;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.proposal.Proposals;
import dev.steward.control.release.Releases;
import dev.steward.control.shelf.Revision;
import dev.steward.control.shelf.Shelf;
import dev.steward.domain.Digest;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/// A State in the making: entries go in, in order, and `state` gives what they add up to. One
/// thread only.
public final class Fold {
  private static final String AGENT = "Agent";
  private static final String PERSON = "Person";

  private final Shelf shelf;
  private final State before;
  private long sequence;
  private Instant at;
  private Actor actor = Actor.SYSTEM;

  private TreePMap<String, TreePMap<String, Held>> resources;
  private TreePMap<String, String> personIds;
  private TreePMap<String, TreePMap<String, Digest>> inForce;
  private TreePMap<String, AgentKey> keys;
  private HashPMap<Digest, String> keyIds;
  private TreePMap<String, ApiToken> tokens;
  private HashPMap<Digest, String> tokenIds;
  private TreePMap<String, LegalHold> holds;
  private TreePSet<String> erased;
  private TreePMap<String, String> settings;
  private Kills kills;
  private BudgetBook budgets;
  private Drills drills;
  private Approvals approvals;
  private Releases releases;
  private Proposals proposals;
  private Baselines baselines;
  private Incidents incidents;
  private Alerts alerts;

  /// Goes on from a State.
  public Fold(State state) {
    Facts facts = state.facts();
    this.before = state;
    this.shelf = state.shelf();
    this.sequence = state.sequence();
    this.at = state.at();
    this.resources = facts.resources();
    this.personIds = facts.personIds();
    this.inForce = facts.inForce();
    this.keys = facts.keys();
    this.keyIds = facts.keyIds();
    this.tokens = facts.tokens();
    this.tokenIds = facts.tokenIds();
    this.holds = facts.holds();
    this.erased = facts.erased();
    this.settings = facts.settings();
    this.kills = facts.kills();
    this.budgets = facts.budgets();
    this.drills = facts.drills();
    this.approvals = facts.approvals();
    this.releases = facts.releases();
    this.proposals = facts.proposals();
    this.baselines = facts.baselines();
    this.incidents = facts.incidents();
    this.alerts = facts.alerts();
  }

  /// Adds the next entry of the ledger.
  public void add(Envelope entry) {
    add(entry, Map.of());
  }

  /// Adds the next entry.
  ///
  /// @param known resources just declared, by `Kind/key`, so that they need not be read back
  public void add(Envelope entry, Map<String, Resource> known) {
    sequence++;
    at = entry.at();
    actor = entry.actor();
    for (Event event : entry.events()) {
      add(event, known);
    }
  }

  public State state() {
    return new State(
        sequence,
        at,
        new Facts(
            resources, personIds, inForce, keys, keyIds, tokens, tokenIds, holds, erased, settings,
            kills, budgets, drills, approvals, releases, proposals, baselines, incidents, alerts),
        shelf,
        before);
  }

  private void add(Event event, Map<String, Resource> known) {
    switch (event) {
      case Event.ResourceDeclared(String kind, String name, Digest body) ->
          declare(kind, name, revision(body, null, null), known.get(kind + "/" + name));
      case Event.AgentDeclared(String name, Digest body, Digest version) ->
          declare(AGENT, name, revision(body, version, null), known.get(AGENT + "/" + name));
      case Event.PersonDeclared person -> declare(person, known.get(PERSON + "/" + person.id()));
      case Event.ResourceDeleted(String kind, String name) -> delete(kind, name);
      case Event.VersionPutInForce(String agent, String environment, Digest version) ->
          inForce =
              inForce.plus(
                  agent, inForce.getOrDefault(agent, TreePMap.empty()).plus(environment, version));
      case Event.AgentKeyIssued issued -> issue(issued);
      case Event.AgentKeyRevoked(String id, Digest _) -> revokeKey(id);
      case Event.TokenIssued issued -> issue(issued);
      case Event.TokenRevoked(String id, Digest _) -> revokeToken(id);
      case Event.HoldPlaced(String id, String subject, String subjectId, Digest reason) ->
          holds =
              holds.plus(
                  id,
                  new LegalHold(
                      id,
                      LegalHold.Subject.valueOf(subject.toUpperCase(Locale.ROOT)),
                      subjectId,
                      reason,
                      at,
                      actor));
      case Event.HoldLifted(String id, Digest _) -> holds = holds.minus(id);
      case Event.PersonErased(String id, Digest _) -> erase(id);
      case Event.SettingChanged(String name, String value) -> settings = settings.plus(name, value);
      case Event.LeaseTaken e ->
          budgets =
              budgets.taken(key(e.budget(), e.unit(), e.period()), e.node(), e.amount(), e.spent());
      case Event.LeaseReturned e ->
          budgets =
              budgets.returned(
                  key(e.budget(), e.unit(), e.period()), e.node(), e.amount(), e.spent());
      case Event.BudgetToppedUp e ->
          budgets =
              budgets.toppedUp(
                  key(e.budget(), e.unit(), e.period()),
                  new TopUp(e.amount(), e.reason(), at, actor));
      case Event.SnapshotTaken _, Event.CheckpointAnchored _ -> {
        // They vouch for a snapshot and for another log, and change nothing in State.
      }
      case Event.DrillHeld e ->
          drills =
              drills.plus(new Drill(e.id(), e.of(), e.passed(), e.figures(), e.note(), at, actor));
      case Event.Killed killed -> kill(killed);
      case Event.ChangeProposed e ->
          proposals =
              proposals.proposed(
                  new Proposal(
                      e.id(),
                      e.changes(),
                      e.widens(),
                      e.narrows(),
                      e.content(),
                      e.whole().orElse(null),
                      at,
                      actor,
                      null));
      case Event.ChangeAccepted(String id, Digest reason) -> end(id, true, reason);
      case Event.ChangeRejected(String id, Digest reason) -> end(id, false, reason);
      case Event.RestoreProposed(String id, Digest reason) -> propose(id, reason);
      case Event.Restored(String id, Digest _) -> kills = kills.minus(id);
      case Event.DataSourceTold _ -> {
        // What is known of documents lies beside the ledger; here it is who told of them.
      }
      case Event.SecretSet _, Event.SecretDeleted _ -> {
        // What is secret lies in the secret store; here it is only on record who changed it.
      }
      case Event.ApprovalRequested requested -> request(requested);
      case Event.ApprovalAnswered answered -> answer(answered);
      case Event.ApprovalUsed(String id) -> approvals = approvals.used(id, at);
      case Event.ApprovalExpired(String id) -> change(id, approvals.expired(id));
      case Event.ReleaseStarted _,
          Event.GateJudged _,
          Event.ReleaseAgreed _,
          Event.ReleaseMoved _,
          Event.CanaryBegan _,
          Event.CopilotBegan _,
          Event.BlueGreenBegan _,
          Event.ShadowBegan _,
          Event.ShadowCompared _,
          Event.Switched _,
          Event.CanaryWeighed _,
          Event.CanaryJudged _,
          Event.RolledBack _,
          Event.CheckReported _ ->
          releases = ReleaseFold.add(releases, event, at, actor);
      case Event.BaselineLearnt e -> baselines = BaselineFold.learnt(baselines, e, at);
      case Event.BaselineLetGo e ->
          baselines =
              baselines.letGo(
                  e.agent(), e.environment(), new DriftAlarm.Closing(at, actor, e.reason()));
      case Event.DriftFound e -> baselines = BaselineFold.found(baselines, e, at);
      case Event.DriftClosed e ->
          baselines = baselines.closed(e.id(), new DriftAlarm.Closing(at, actor, e.reason()));
      case Event.IncidentOpened e -> incidents = IncidentFold.opened(incidents, e, at, actor);
      case Event.IncidentNoted(String id, Digest text) ->
          incidents = incidents.noted(id, new Incident.Note(at, actor, text));
      case Event.IncidentReported _ -> {}
      case Event.OfAlert e -> alerts = AlertFold.add(alerts, e, at, actor);
      case Event.IncidentChanged e -> incidents = IncidentFold.changed(incidents, e, at);
    }
  }

  private static WindowKey key(String budget, String unit, String period) {
    return new WindowKey(budget, unit, period);
  }

  private void declare(String kind, String key, Revision revision, @Nullable Resource resource) {
    TreePMap<String, Held> ofKind = resources.getOrDefault(kind, TreePMap.empty());
    Held held = ofKind.get(key);
    Held next =
        held == null
            ? new Held(kind, key, TreePVector.singleton(revision), resource)
            : held.plus(revision, resource);
    resources = resources.plus(kind, ofKind.plus(key, next));
  }

  private void declare(Event.PersonDeclared event, @Nullable Resource known) {
    Revision revision = revision(event.body(), null, event.card());
    Resource person = known == null ? shelf.person(event.id(), revision) : known;
    declare(PERSON, event.id(), revision, person);
    if (!person.name().equals(event.id())) {
      personIds = personIds.plus(person.name(), event.id());
    }
  }

  private void delete(String kind, String key) {
    if (kind.equals(PERSON)) {
      forgetName(key);
    }
    declare(kind, key, revision(null, null, null), null);
    if (kind.equals(AGENT)) {
      inForce = inForce.minus(key);
      releases = releases.without(key);
    }
  }

  private void erase(String id) {
    forgetName(id);
    Held held = resources.getOrDefault(PERSON, TreePMap.empty()).get(id);
    if (held != null && !held.last().deleted()) {
      declare(PERSON, id, revision(null, null, null), null);
    }
    erased = erased.plus(id);
  }

  private void forgetName(String id) {
    for (Map.Entry<String, String> named : personIds.entrySet()) {
      if (named.getValue().equals(id)) {
        personIds = personIds.minus(named.getKey());
        return;
      }
    }
  }

  private void kill(Event.Killed event) {
    Selector selector = Selector.of(event.selector());
    boolean second = event.secondPerson();
    kills =
        kills.plus(
            new Kill(event.id(), selector, second, event.reason(), at, actor, Optional.empty()));
  }

  private void propose(String id, Digest reason) {
    Optional<Kill> kill = kills.find(id);
    if (kill.isPresent()) {
      kills = kills.plus(kill.get().proposed(new Kill.Proposal(actor, at, reason)));
    }
  }

  private void end(String proposal, boolean accepted, Digest reason) {
    proposals = proposals.answered(proposal, new Proposal.Answer(accepted, at, actor, reason));
  }

  private void request(Event.ApprovalRequested event) {
    approvals =
        approvals.requested(
            new Approval(
                event.id(),
                event.call(),
                event.question(),
                event.text(),
                at,
                event.expiresAt(),
                List.of(),
                Status.PENDING,
                at));
  }

  private void answer(Event.ApprovalAnswered event) {
    Answer answer =
        new Answer(
            actor,
            event.answer().equals("approve"),
            at,
            event.arguments(),
            event.edited().orElse(null),
            event.reason(),
            event.minutes().orElse(null));
    Status next = Status.of(event.leaves()).orElse(Status.DENIED);
    change(event.id(), approvals.answered(event.id(), answer, next));
  }

  /// What a version proposes is counted as people answer it.
  private void change(String approval, Approvals next) {
    Optional<Approval> before = approvals.find(approval);
    Optional<Approval> after = next.find(approval);
    approvals = next;
    if (before.isPresent() && after.isPresent() && !before.equals(after)) {
      releases = releases.counted(before.get(), after.get());
    }
  }

  private void issue(Event.AgentKeyIssued event) {
    keys =
        keys.plus(
            event.id(),
            new AgentKey(
                event.id(),
                event.hash(),
                event.agent(),
                event.environment(),
                event.version(),
                at,
                actor,
                null));
    keyIds = keyIds.plus(event.hash(), event.id());
  }

  private void revokeKey(String id) {
    AgentKey key = keys.get(id);
    if (key != null) {
      keys = keys.plus(id, key.revoked(at));
    }
  }

  private void issue(Event.TokenIssued event) {
    tokens =
        tokens.plus(
            event.id(),
            new ApiToken(
                event.id(),
                event.hash(),
                event.holder(),
                event.purpose(),
                event.grants(),
                at,
                actor,
                event.expiresAt().orElse(null),
                null));
    tokenIds = tokenIds.plus(event.hash(), event.id());
  }

  private void revokeToken(String id) {
    ApiToken token = tokens.get(id);
    if (token != null) {
      tokens = tokens.plus(id, token.revoked(at));
    }
  }

  private Revision revision(
      @Nullable Digest body, @Nullable Digest version, @Nullable Digest card) {
    return new Revision(sequence, at, actor, body, version, card);
  }
}
