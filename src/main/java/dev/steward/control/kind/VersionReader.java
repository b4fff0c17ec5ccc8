// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.EndpointFields;
import dev.steward.control.field.LoopFields;
import dev.steward.control.field.Names;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.prompt.Prompts;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.Node;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.DataUse;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the seven artefacts of an agent: code, data, models, prompts, tools, memory,
/// orchestration. What memory holds, and code beside its endpoint, is the agent's own matter; it is
/// kept and compared, not read.
public final class VersionReader {
  private static final int WEIGHT_MAX = 1_000_000;

  private VersionReader() {}

  /// The version whose canonical JSON this is.
  public static AgentVersion stored(String json) {
    Flaws flaws = new Flaws();
    AgentVersion version =
        read(Fields.of(Node.of(CanonicalJson.read(json)), "version", flaws), json);
    if (flaws.count() > 0) {
      throw new IllegalArgumentException("a stored version is wrong: " + flaws.found());
    }
    return version;
  }

  static AgentVersion read(Fields spec) {
    Optional<Fields> fields = spec.object("version");
    Optional<JsonNode> json = spec.json("version").filter(JsonNode::isObject);
    if (fields.isEmpty() || json.isEmpty()) {
      return new AgentVersion(Digest.of("{}"), List.of(), List.of(), List.of(), List.of(), "{}");
    }
    ObjectNode artefacts = (ObjectNode) json.get();
    keepVersionsAsWritten(fields.get(), artefacts);
    fields.get().objects("models").forEach(VersionReader::checkParameters);
    fields.get().object("prompts").ifPresent(VersionReader::checkModes);
    LoopFields.check(fields.get());
    EndpointFields.check(fields.get());
    fields.get().objects("data").forEach(EndpointFields::checkOwn);
    return read(fields.get(), CanonicalJson.text(artefacts));
  }

  private static AgentVersion read(Fields fields, String json) {
    Optional<Endpoint> endpoint = EndpointFields.endpoint(fields);
    fields.json("memory");
    List<ModelUse> models = models(fields);
    prompts(fields);
    List<DataUse> data = data(fields);
    List<ToolUse> tools = tools(fields);
    List<String> delegates = delegates(fields);
    String fallback = EndpointFields.fallback(fields);
    fields.close();
    return new AgentVersion(
        Digest.of(json), models, tools, data, delegates, endpoint, fallback, json);
  }

  private static List<ModelUse> models(Fields fields) {
    List<ModelUse> models = new ArrayList<>();
    for (Fields model : fields.objects("models")) {
      models.add(
          new ModelUse(
              model.text("use", "main"),
              model.text("model"),
              model.text("provider", ""),
              weight(model),
              model.text("fallback", "")));
      model.text("mode", "");
      for (String parameter : MODEL_PARAMETERS) {
        model.json(parameter);
      }
      model.close();
    }
    return List.copyOf(models);
  }

  private static int weight(Fields model) {
    long weight = model.whole("weight", 1);
    if (weight < 1 || weight > WEIGHT_MAX) {
      model.flaw("weight", "is " + weight + "; write a number from 1 to " + WEIGHT_MAX);
      return 1;
    }
    return (int) weight;
  }

  /// What was stored before there was a check is read without it.
  private static void checkParameters(Fields model) {
    String mode = model.text("mode", "");
    if (!mode.isEmpty() && !mode.equals(Prompts.COMPARE) && !mode.equals(Prompts.ENFORCE)) {
      model.flaw("mode", "is '" + mode + "'; write enforce or compare");
    }
    for (String name : List.of("temperature", "topP", "topK", "maxTokens", "seed")) {
      Optional<JsonNode> value = model.json(name);
      boolean whole = !name.equals("temperature") && !name.equals("topP");
      if (value.isPresent() && !(whole ? value.get().isIntegralNumber() : value.get().isNumber())) {
        model.flaw(name, "is " + value.get() + "; write a " + (whole ? "whole number" : "number"));
      } else if (value.isPresent() && !name.equals("seed") && value.get().asDouble() < 0) {
        model.flaw(name, "is " + value.get() + "; it is never negative");
      }
    }
  }

  private static final List<String> MODEL_PARAMETERS =
      List.of(
          "temperature",
          "topP",
          "topK",
          "maxTokens",
          "seed",
          "stop",
          "reasoning",
          "thinking",
          "responseFormat",
          "parameters");

  private static void prompts(Fields fields) {
    fields
        .object("prompts")
        .ifPresent(prompts -> {
          for (String name : prompts.names()) {
            prompts
                .object(name)
                .ifPresent(prompt -> {
                  prompt.text("text");
                  prompt.json("variables");
                  prompt.text("version", "");
                  prompt.text("mode", "");
                  prompt.close();
                });
          }
        });
  }

  private static void checkModes(Fields prompts) {
    for (String name : prompts.names()) {
      prompts.object(name).ifPresent(prompt -> checkMode(name, prompt));
    }
  }

  private static void checkMode(String name, Fields prompt) {
    String mode = prompt.text("mode", "");
    if (mode.isEmpty() || mode.equals(Prompts.COMPARE)) {
      return;
    }
    if (!mode.equals(Prompts.ENFORCE)) {
      prompt.flaw("mode", "is '" + mode + "'; write enforce or compare");
    } else if (!name.equals(Prompts.SYSTEM)) {
      prompt.flaw("mode", "can be enforce for the prompt 'system' alone");
    } else if (prompt.has("variables")) {
      prompt.flaw("mode", "cannot be enforce for a prompt with variables, which the process knows");
    } else if (prompt.text("text", "").isBlank()) {
      prompt.flaw("text", "is empty, and nothing can be placed");
    }
  }

  private static List<DataUse> data(Fields fields) {
    List<DataUse> data = new ArrayList<>();
    for (Fields use : fields.objects("data")) {
      data.add(
          new DataUse(
              Names.reference(use, "name", true),
              use.text("version", ""),
              EndpointFields.of(use),
              use.flag("readOnly", false)));
      use.close();
    }
    return List.copyOf(data);
  }

  private static List<ToolUse> tools(Fields fields) {
    List<ToolUse> tools = new ArrayList<>();
    for (Fields use : fields.objects("tools")) {
      tools.add(new ToolUse(Names.reference(use, "server", true), use.texts("tools")));
      use.close();
    }
    return List.copyOf(tools);
  }

  private static List<String> delegates(Fields fields) {
    Optional<Fields> orchestration = fields.object("orchestration");
    if (orchestration.isEmpty()) {
      return List.of();
    }
    if (orchestration.get().whole("maxSteps", 1) < 1) {
      orchestration.get().flaw("maxSteps", "must be at least 1");
    }
    return orchestration.get().texts("delegates");
  }

  /// `version: 1.10` is a text, though it reads like the number 1.1.
  private static void keepVersionsAsWritten(Fields fields, ObjectNode artefacts) {
    List<Fields> uses = fields.objects("data");
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i).has("version") && artefacts.get("data").get(i) instanceof ObjectNode use) {
        use.put("version", uses.get(i).text("version"));
      }
    }
  }
}
