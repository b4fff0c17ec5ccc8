// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.gateway.wire.Asked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The parameters that a version declares for one of its models, held against a request of any
/// dialect or put into it.
///
/// @param declared by the name that they have in the version
/// @param enforced whether the gateway places them, whatever the process sends
public record Parameters(Map<String, JsonNode> declared, boolean enforced) {
  /// Nothing is declared.
  static final Parameters NONE = new Parameters(Map.of(), false);

  /// The mode in which the gateway places them.
  private static final String ENFORCE = "enforce";

  private static final String STOP = "stop";
  private static final String LONGEST = "maxTokens";
  private static final List<String> NAMES =
      List.of("temperature", "topP", "topK", LONGEST, "seed", STOP);
  private static final JsonMapper JSON = JsonMapper.shared();

  /// One that differs.
  ///
  /// @param words with both values; of stop sequences without them, as they may be what was said
  record Difference(String name, String words) {}

  /// Those of each model of a version, in their order.
  static List<Parameters> of(AgentVersion version) {
    List<Parameters> all = new ArrayList<>();
    for (JsonNode model : CanonicalJson.read(version.json()).path("models")) {
      Map<String, JsonNode> declared = new LinkedHashMap<>();
      for (String name : NAMES) {
        if (model.has(name)) {
          declared.put(name, model.get(name));
        }
      }
      all.add(new Parameters(declared, model.path("mode").asString("").equals(ENFORCE)));
    }
    return all;
  }

  /// What a fallback gets of its own, empty where nothing is enforced for it. The longest answer
  /// stays what was paid for.
  public static Map<String, String> ofFallback(AgentVersion version, ModelUse use, Asked asked) {
    List<Parameters> all = of(version);
    int place = version.models().indexOf(use);
    if (place < 0 || place >= all.size() || !all.get(place).enforced()) {
      return Map.of();
    }
    Map<String, JsonNode> kept = new LinkedHashMap<>(all.get(place).declared());
    kept.remove(LONGEST);
    return new Parameters(kept, true).placing(asked).orElse(Map.of());
  }

  boolean isEmpty() {
    return declared.isEmpty();
  }

  /// Those that a request has otherwise, or not at all. What its dialect cannot say is left out.
  List<Difference> differences(Asked asked) {
    Slots slots = Slots.of(asked);
    List<Difference> differences = new ArrayList<>();
    declared.forEach((name, value) -> {
      Optional<String> member = slots.member(name);
      if (member.isPresent()) {
        JsonNode sent = slots.read(member.get());
        if (!same(name, value, sent)) {
          differences.add(new Difference(name, words(name, value, sent)));
        }
      }
    });
    return differences;
  }

  /// The members of the body that change where these stand in it, empty where nobody knows its
  /// form.
  Optional<Map<String, String>> placing(Asked asked) {
    Slots slots = Slots.of(asked);
    if (!slots.known()) {
      return Optional.empty();
    }
    Map<String, JsonNode> placed = new LinkedHashMap<>();
    declared.forEach((name, value) ->
        slots.member(name).ifPresent(member -> placed.put(member, written(slots, name, value))));
    return Optional.of(slots.with(placed));
  }

  /// OpenAI takes one stop sequence as a text too, all others take lists.
  private static JsonNode written(Slots slots, String name, JsonNode value) {
    if (!name.equals(STOP) || value.isArray() || slots.takesTexts()) {
      return value;
    }
    ArrayNode list = JSON.createArrayNode();
    return list.add(value);
  }

  private static boolean same(String name, JsonNode declared, JsonNode sent) {
    if (name.equals(STOP)) {
      return listed(declared).equals(listed(sent));
    }
    boolean numbers = declared.isNumber() && sent.isNumber();
    return numbers
        ? declared.decimalValue().compareTo(sent.decimalValue()) == 0
        : declared.equals(sent);
  }

  private static List<String> listed(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(text -> texts.add(text.asString("")));
    } else if (node.isString()) {
      texts.add(node.stringValue());
    }
    return texts;
  }

  private static String words(String name, JsonNode declared, JsonNode sent) {
    if (name.equals(STOP)) {
      return "other stop sequences than declared";
    }
    String value = sent.isMissingNode() || sent.isNull() ? "none" : sent.toString();
    return "%s: declared %s, sent %s".formatted(name, declared, shortened(value));
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /// Where a body has its parameters.
  ///
  /// @param outer member that holds them, "" where they are the body's own
  /// @param names in this dialect, by the names of versions
  private record Slots(Asked asked, String outer, Map<String, String> names) {
    static Slots of(Asked asked) {
      return switch (SystemText.of(asked).form().orElse(SystemText.Form.UNKNOWN)) {
        case CHAT ->
            new Slots(
                asked, "", names("temperature", "top_p", "top_k", longest(asked), "seed", STOP));
        case RESPONSES ->
            new Slots(asked, "", names("temperature", "top_p", "", "max_output_tokens", "", ""));
        case MESSAGES ->
            new Slots(
                asked,
                "",
                names("temperature", "top_p", "top_k", "max_tokens", "", "stop_sequences"));
        case GENERATE ->
            new Slots(
                asked,
                asked.body().has("generation_config") ? "generation_config" : "generationConfig",
                names("temperature", "topP", "topK", "maxOutputTokens", "seed", "stopSequences"));
        case CONVERSE ->
            new Slots(
                asked,
                "inferenceConfig",
                names("temperature", "topP", "", "maxTokens", "", "stopSequences"));
        case INTERACTIONS ->
            new Slots(
                asked,
                "generation_config",
                names("temperature", "top_p", "", "max_output_tokens", "seed", "stop_sequences"));
        case UNKNOWN -> new Slots(asked, "", Map.of());
      };
    }

    private static String longest(Asked asked) {
      return asked.body().has("max_tokens") ? "max_tokens" : "max_completion_tokens";
    }

    /// @param written in the order of the names of versions, "" for what cannot be said
    private static Map<String, String> names(String... written) {
      Map<String, String> names = new LinkedHashMap<>();
      for (int i = 0; i < written.length; i++) {
        if (!written[i].isEmpty()) {
          names.put(NAMES.get(i), written[i]);
        }
      }
      return names;
    }

    boolean known() {
      return !names.isEmpty();
    }

    boolean takesTexts() {
      return names.getOrDefault(STOP, "").equals(STOP);
    }

    Optional<String> member(String name) {
      return Optional.ofNullable(names.get(name));
    }

    JsonNode read(String member) {
      return outer.isEmpty() ? asked.body().read(member) : asked.body().read(outer).path(member);
    }

    Map<String, String> with(Map<String, JsonNode> placed) {
      Map<String, String> changed = new LinkedHashMap<>();
      if (placed.isEmpty()) {
        return changed;
      }
      if (outer.isEmpty()) {
        placed.forEach((member, value) -> changed.put(member, value.toString()));
        return changed;
      }
      ObjectNode object =
          asked.body().read(outer) instanceof ObjectNode given
              ? given.deepCopy()
              : JSON.createObjectNode();
      placed.forEach(object::set);
      changed.put(outer, object.toString());
      return changed;
    }
  }
}
