// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.signing.JwsKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An agent's card as its clients see it here: what the agent says of itself, our addresses and how
/// to prove oneself to us, signed by us. What the protocol does not name is left out, since no
/// client could check a signature over what it does not read.
final class OwnCard {
  private static final List<String> TEXTS =
      List.of("name", "description", "version", "documentationUrl", "iconUrl");
  private static final List<String> MODES = List.of("defaultInputModes", "defaultOutputModes");
  private static final List<String> SKILL =
      List.of("id", "name", "description", "tags", "examples", "inputModes", "outputModes");
  private static final Map<String, List<String>> MEMBERS =
      Map.of("provider", List.of("url", "organization"), "skills", SKILL);
  private static final String SCHEME = "steward";

  private OwnCard() {}

  /// @param url of the agent here
  /// @param keys where our key is found
  static ObjectNode of(JsonNode theirs, String url, String keys, JwsKey key) {
    ObjectNode card = CanonicalJson.object();
    for (String name : TEXTS) {
      copy(theirs, name, card);
    }
    for (String name : MODES) {
      copy(theirs, name, card);
    }
    ObjectNode provider = chosen(theirs.path("provider"), "provider");
    card.set("provider", provider);
    ArrayNode skills = card.putArray("skills");
    for (JsonNode skill : theirs.path("skills")) {
      skills.add(chosen(skill, "skills"));
    }
    interfaces(theirs, url, card.putArray("supportedInterfaces"));
    capabilities(theirs.path("capabilities"), card.putObject("capabilities"));
    ObjectNode scheme = card.putObject("securitySchemes").putObject(SCHEME);
    scheme
        .putObject("httpAuthSecurityScheme")
        .put("scheme", "Bearer")
        .put("description", "An agent key of Steward.");
    // A scope that is never empty, since clients drop what is empty before they check.
    card.putArray("securityRequirements")
        .addObject()
        .putObject("schemes")
        .putObject(SCHEME)
        .putArray("list")
        .add("agent");
    withoutEmpty(card);
    JwsKey.Detached signed =
        key.detached(key.header("JOSE").put("jku", keys), CanonicalJson.bytes(card));
    card.putArray("signatures")
        .addObject()
        .put("protected", signed.header())
        .put("signature", signed.signature());
    return card;
  }

  private static void interfaces(JsonNode theirs, String url, ArrayNode ours) {
    for (JsonNode each : theirs.path("supportedInterfaces")) {
      for (Binding binding : Binding.values()) {
        if (Cards.speaks(each, binding)) {
          ObjectNode own = ours.addObject();
          own.put("url", url).put("protocolBinding", binding.word()).put("protocolVersion", "1.0");
          copy(each, "tenant", own);
        }
      }
    }
  }

  /// Push notifications and the extended card would go past us.
  private static void capabilities(JsonNode theirs, ObjectNode ours) {
    if (theirs.path("streaming").asBoolean(false)) {
      ours.put("streaming", true);
    }
    ArrayNode extensions = ours.putArray("extensions");
    for (JsonNode each : theirs.path("extensions")) {
      ObjectNode extension = extensions.addObject();
      copy(each, "uri", extension);
      copy(each, "description", extension);
      copy(each, "params", extension);
      if (each.path("required").asBoolean(false)) {
        extension.put("required", true);
      }
    }
  }

  private static ObjectNode chosen(JsonNode from, String what) {
    ObjectNode chosen = CanonicalJson.object();
    for (String name : MEMBERS.getOrDefault(what, List.of())) {
      copy(from, name, chosen);
    }
    return chosen;
  }

  private static void copy(JsonNode from, String name, ObjectNode to) {
    if (from.hasNonNull(name)) {
      to.set(name, from.get(name).deepCopy());
    }
  }

  /// Whether nothing is left of it.
  private static boolean withoutEmpty(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : new ArrayList<>(object.propertyNames())) {
        if (withoutEmpty(object.get(name))) {
          object.remove(name);
        }
      }
      return object.isEmpty();
    }
    if (node instanceof ArrayNode array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        if (withoutEmpty(array.get(i))) {
          array.remove(i);
        }
      }
      return array.isEmpty();
    }
    return node.isNull() || (node.isString() && node.stringValue().isEmpty());
  }
}
