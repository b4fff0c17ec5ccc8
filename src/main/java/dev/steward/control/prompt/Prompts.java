// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.prompt;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.AgentVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The prompts of one version, the system prompt among them.
///
/// @param all every prompt that it declares, whatever its name
/// @param system the one called `system`, empty where it declares none
/// @param enforced whether the gateway places the system prompt, whatever the process sends
public record Prompts(List<Prompt> all, Optional<Prompt> system, boolean enforced) {
  /// Name of the prompt that leads a conversation.
  public static final String SYSTEM = "system";

  /// The mode in which the gateway places the system prompt.
  public static final String ENFORCE = "enforce";

  /// The mode in which what the process sends is compared; the usual one.
  public static final String COMPARE = "compare";

  public Prompts {
    all = List.copyOf(all);
  }

  public static Prompts of(AgentVersion version) {
    List<Prompt> all = new ArrayList<>();
    Optional<Prompt> system = Optional.empty();
    boolean enforced = false;
    JsonNode prompts = CanonicalJson.read(version.json()).path("prompts");
    for (Map.Entry<String, JsonNode> named : prompts.properties()) {
      Prompt prompt = prompt(named.getValue());
      all.add(prompt);
      if (named.getKey().equals(SYSTEM)) {
        system = Optional.of(prompt);
        enforced = named.getValue().path("mode").asString("").equals(ENFORCE);
      }
    }
    return new Prompts(all, system, enforced);
  }

  /// Names where they are an object's members, or a list's texts.
  private static Prompt prompt(JsonNode node) {
    JsonNode variables = node.path("variables");
    List<String> names = new ArrayList<>();
    if (variables.isObject()) {
      names.addAll(variables.propertyNames());
    } else {
      variables.forEach(name -> names.add(name.asString("")));
    }
    names.removeIf(String::isBlank);
    return new Prompt(node.path("text").asString(""), names);
  }

  /// Whether a text is one of the version's prompts.
  public boolean declares(String text) {
    for (Prompt prompt : all) {
      if (prompt.fits(text)) {
        return true;
      }
    }
    return false;
  }
}
