// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.steward.control.access.Actor;
import dev.steward.control.alert.Alerts;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Approvals;
import dev.steward.control.baseline.Baselines;
import dev.steward.control.budget.BudgetBook;
import dev.steward.control.budget.LentWindow;
import dev.steward.control.drill.Drill;
import dev.steward.control.drill.Drills;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.Incidents;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.proposal.Proposals;
import dev.steward.control.release.Releases;
import dev.steward.control.shelf.Revision;
import dev.steward.control.shelf.Shelf;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.json.JsonMapper;

/// State as bytes and back: digests and ids only, no body and nobody's name.
public final class SnapshotCodec {
  private static final int FORM = 1;
  private static final String PERSON = "Person";

  /// The digest of the whole is in the ledger, so members that stand twice are not looked for.
  private static final JsonMapper SNAPSHOTS =
      CanonicalJson.MAPPER
          .rebuild()
          .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .withConfigOverride(Revision.class, SnapshotCodec::asArray)
          .withConfigOverride(Actor.class, SnapshotCodec::asArray)
          .build();

  private SnapshotCodec() {}

  private static void asArray(MutableConfigOverride type) {
    type.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY));
  }

  private record Form(
      int form,
      long sequence,
      Instant at,
      List<Resources> resources,
      Map<String, Map<String, Digest>> inForce,
      List<AgentKey> keys,
      List<ApiToken> tokens,
      List<LegalHold> holds,
      List<String> erased,
      Map<String, String> settings,
      @Nullable List<KillForm> kills,
      @Nullable List<LentWindow> budgets,
      @Nullable List<Drill> drills,
      @Nullable List<Approval> approvals,
      Releases.@Nullable Rows releases,
      @Nullable List<Proposal> proposals,
      Baselines.@Nullable Rows baselines,
      @Nullable List<Incident> incidents,
      @Nullable Alerts alerts) {}

  private record Resources(String kind, String key, List<Revision> history) {}

  public static byte[] write(State state) {
    Facts facts = state.facts();
    List<Resources> resources = new ArrayList<>();
    for (TreePMap<String, Held> ofKind : facts.resources().values()) {
      for (Held held : ofKind.values()) {
        resources.add(new Resources(held.kind(), held.key(), held.history()));
      }
    }
    return SNAPSHOTS.writeValueAsBytes(
        new Form(
            FORM,
            state.sequence(),
            state.at(),
            resources,
            Map.copyOf(facts.inForce()),
            List.copyOf(facts.keys().values()),
            List.copyOf(facts.tokens().values()),
            List.copyOf(facts.holds().values()),
            List.copyOf(facts.erased()),
            facts.settings(),
            KillForm.of(facts.kills()),
            facts.budgets().rows(),
            facts.drills().all(),
            List.copyOf(facts.approvals().all()),
            facts.releases().rows(),
            facts.proposals().all(),
            facts.baselines().rows(),
            facts.incidents().all(),
            facts.alerts()));
  }

  /// @throws IllegalArgumentException when it is not a snapshot that this program understands
  public static State read(byte[] bytes, Shelf shelf) {
    Form form;
    try {
      form = SNAPSHOTS.readValue(bytes, Form.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a snapshot: " + e.getOriginalMessage(), e);
    }
    if (form.form() != FORM) {
      throw new IllegalArgumentException("a snapshot in form " + form.form());
    }
    TreePMap<String, TreePMap<String, Held>> resources = resources(form.resources());
    return new State(
        form.sequence(),
        form.at(),
        new Facts(
            resources,
            personIds(resources.getOrDefault(PERSON, TreePMap.empty()), shelf),
            inForce(form.inForce()),
            TreePMap.from(byId(form.keys(), AgentKey::id)),
            hashes(form.keys(), AgentKey::hash, AgentKey::id),
            TreePMap.from(byId(form.tokens(), ApiToken::id)),
            hashes(form.tokens(), ApiToken::hash, ApiToken::id),
            TreePMap.from(byId(form.holds(), LegalHold::id)),
            TreePSet.from(form.erased()),
            TreePMap.from(form.settings()),
            KillForm.read(form.kills()),
            BudgetBook.of(form.budgets() == null ? List.of() : form.budgets()),
            form.drills() == null ? Drills.NONE : new Drills(form.drills()),
            Approvals.of(form.approvals() == null ? List.of() : form.approvals()),
            form.releases() == null ? Releases.NONE : Releases.of(form.releases()),
            form.proposals() == null ? Proposals.NONE : Proposals.of(form.proposals()),
            form.baselines() == null ? Baselines.NONE : Baselines.of(form.baselines()),
            form.incidents() == null ? Incidents.NONE : new Incidents(form.incidents()),
            form.alerts() == null ? Alerts.NONE : form.alerts()),
        shelf);
  }

  private static TreePMap<String, TreePMap<String, Held>> resources(List<Resources> all) {
    TreePMap<String, TreePMap<String, Held>> resources = TreePMap.empty();
    TreePMap<String, Held> ofKind = TreePMap.empty();
    for (int i = 0; i < all.size(); i++) {
      Resources one = all.get(i);
      Held held = new Held(one.kind(), one.key(), TreePVector.from(one.history()), null);
      ofKind = ofKind.plus(one.key(), held);
      if (i + 1 == all.size() || !all.get(i + 1).kind().equals(one.kind())) {
        resources = resources.plus(one.kind(), ofKind);
        ofKind = TreePMap.empty();
      }
    }
    return resources;
  }

  private static TreePMap<String, String> personIds(TreePMap<String, Held> people, Shelf shelf) {
    TreePMap<String, String> ids = TreePMap.empty();
    for (Held held : people.values()) {
      if (!held.last().deleted()) {
        Person person = shelf.person(held.key(), held.last());
        if (!person.name().equals(held.key())) {
          ids = ids.plus(person.name(), held.key());
        }
      }
    }
    return ids;
  }

  private static TreePMap<String, TreePMap<String, Digest>> inForce(
      Map<String, Map<String, Digest>> byAgent) {
    TreePMap<String, TreePMap<String, Digest>> inForce = TreePMap.empty();
    for (Map.Entry<String, Map<String, Digest>> agent : byAgent.entrySet()) {
      inForce = inForce.plus(agent.getKey(), TreePMap.from(agent.getValue()));
    }
    return inForce;
  }

  private static <T> Map<String, T> byId(List<T> items, Function<T, String> id) {
    Map<String, T> byId = new HashMap<>();
    items.forEach(item -> byId.put(id.apply(item), item));
    return byId;
  }

  private static <T> HashPMap<Digest, String> hashes(
      List<T> items, Function<T, Digest> hash, Function<T, String> id) {
    HashPMap<Digest, String> ids = HashTreePMap.empty();
    for (T item : items) {
      ids = ids.plus(hash.apply(item), id.apply(item));
    }
    return ids;
  }
}
