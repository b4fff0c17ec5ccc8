// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.kind.Kinds;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.Node;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a change consists of: resources as they would be, and some that would be gone, or more for
/// one window of a budget.
public record Content(
    List<Resource> declared, List<Resource> deleted, Optional<MoreMoney> toppedUp) {
  /// What is left of one that was erased with a person whom it named.
  public static final Content ERASED = new Content(List.of(), List.of());

  public Content {
    declared = List.copyOf(declared);
    deleted = List.copyOf(deleted);
  }

  /// One that tops nothing up.
  public Content(List<Resource> declared, List<Resource> deleted) {
    this(declared, deleted, Optional.empty());
  }

  /// One that tops up a budget and changes nothing else.
  public static Content of(MoreMoney more) {
    return new Content(List.of(), List.of(), Optional.of(more));
  }

  /// What a proposal would change.
  public static Content of(Proposal proposal, State state) {
    return state.text(proposal.content()).map(Content::read).orElse(ERASED);
  }

  /// Whether somebody may see it. People's addresses are for those who may see everything, and so
  /// is what was erased.
  ///
  /// @param reads whether they may read a thing
  public boolean seenBy(Predicate<Target> reads) {
    if (all().isEmpty() && !reads.test(Target.SERVER)) {
      return false;
    }
    for (Resource resource : all()) {
      if (!reads.test(resource instanceof Person ? Target.SERVER : Scopes.of(resource))) {
        return false;
      }
    }
    return true;
  }

  /// As an apply has them.
  public List<Declaration> declarations() {
    return declared.stream().map(Declaration::of).toList();
  }

  /// All of it, a budget that is topped up as it is declared.
  public List<Resource> all() {
    List<Resource> all = new ArrayList<>(declared);
    all.addAll(deleted);
    toppedUp.ifPresent(more -> all.add(more.budget()));
    return all;
  }

  /// The resource as it would be, empty where it is not part of the change or would be gone.
  public <R extends Resource> Optional<R> after(Class<R> kind, String name) {
    for (Resource resource : declared) {
      if (kind.isInstance(resource) && resource.name().equals(name)) {
        return Optional.of(kind.cast(resource));
      }
    }
    return Optional.empty();
  }

  /// Canonical JSON.
  public String json() {
    ObjectNode node = CanonicalJson.object();
    write(node.putArray("declared"), declared);
    write(node.putArray("deleted"), deleted);
    toppedUp.ifPresent(more -> node.set("toppedUp", more.json()));
    return CanonicalJson.text(node);
  }

  private static void write(ArrayNode to, List<Resource> resources) {
    for (Resource resource : resources) {
      to.add(Kinds.write(resource));
    }
  }

  public static Content read(String json) {
    JsonNode node = CanonicalJson.read(json);
    return new Content(
        resources(node.path("declared")),
        resources(node.path("deleted")),
        node.has("toppedUp")
            ? Optional.of(MoreMoney.read(node.path("toppedUp")))
            : Optional.empty());
  }

  private static List<Resource> resources(JsonNode list) {
    List<Resource> resources = new ArrayList<>();
    for (JsonNode each : list) {
      Flaws flaws = new Flaws();
      resources.add(
          Kinds.read(Node.of(each), flaws)
              .orElseThrow(
                  () -> new IllegalStateException("a proposal is wrong: " + flaws.found())));
    }
    return resources;
  }
}
