// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.shelf;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.kind.Kinds;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.Node;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Resource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// A resource as the ledger keeps it: people only by id, an agent's version and a person's card
/// apart from the body.
///
/// @param body canonical JSON
/// @param version canonical JSON of an agent's seven artefacts, "" for what is no agent
/// @param card a person's name, address and labels, "" for what is no person
public record StoredForm(String body, String version, String card) {
  private static final String METADATA = "metadata";
  private static final String SPEC = "spec";
  private static final String OWNER = "owner";
  private static final String VERSION = "version";

  /// @param idOf from a person's name to the id
  public static StoredForm of(Resource resource, UnaryOperator<String> idOf) {
    ObjectNode node = Kinds.write(resource);
    if (resource instanceof Person) {
      return person(node);
    }
    ObjectNode spec = (ObjectNode) node.get(SPEC);
    if (Kinds.of(resource.kind()).owned()) {
      spec.put(OWNER, idOf.apply(spec.get(OWNER).stringValue()));
    }
    if (resource instanceof Agent agent) {
      spec.remove(VERSION);
      return new StoredForm(CanonicalJson.text(node), agent.version().json(), "");
    }
    return new StoredForm(CanonicalJson.text(node), "", "");
  }

  /// @param nameOf from a person's id to the name
  Resource read(UnaryOperator<String> nameOf) {
    ObjectNode node = (ObjectNode) CanonicalJson.read(body);
    ObjectNode spec = (ObjectNode) node.get(SPEC);
    if (spec.has(OWNER)) {
      spec.put(OWNER, nameOf.apply(spec.get(OWNER).stringValue()));
    }
    if (!version.isEmpty() && !version.equals("{}")) {
      spec.set(VERSION, CanonicalJson.read(version));
    }
    return parse(node);
  }

  /// The person with the id; one whose card is erased is known by the id alone.
  Person readPerson(String id) {
    if (card.isEmpty()) {
      return new Person(new Metadata(id, Map.of()), id, "", "", List.of());
    }
    ObjectNode node = (ObjectNode) CanonicalJson.read(body);
    ObjectNode words = (ObjectNode) CanonicalJson.read(card);
    node.set(METADATA, words.get(METADATA));
    ((ObjectNode) node.get(SPEC)).setAll((ObjectNode) words.get(SPEC));
    return ((Person) parse(node)).withId(id);
  }

  private static StoredForm person(ObjectNode node) {
    ObjectNode card = CanonicalJson.object();
    card.set(METADATA, node.remove(METADATA));
    ObjectNode words = card.putObject(SPEC);
    ObjectNode spec = (ObjectNode) node.get(SPEC);
    for (String word : List.of("displayName", "email")) {
      if (spec.has(word)) {
        words.set(word, spec.remove(word));
      }
    }
    return new StoredForm(CanonicalJson.text(node), "", CanonicalJson.text(card));
  }

  private static Resource parse(ObjectNode node) {
    Flaws flaws = new Flaws();
    return Kinds.read(Node.of(node), flaws)
        .orElseThrow(() -> new IllegalStateException("a stored body is wrong: " + flaws.found()));
  }
}
