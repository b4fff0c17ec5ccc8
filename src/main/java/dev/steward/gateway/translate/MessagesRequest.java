// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An Anthropic message request on its way to the OpenAI chat dialect.
final class MessagesRequest {
  private static final int STOPS_MAX = 4;
  private static final Map<String, String> REFUSED =
      Map.of(
          "top_k", "OpenAI's models do not limit their choice to the top k.",
          "container", "Containers are kept by Anthropic.",
          "mcp_servers", "OpenAI's chat completions call no MCP servers.",
          "context_management", "Only Anthropic edits the conversation by itself.",
          "inference_geo", "OpenAI cannot be told where to compute.",
          "speed", "It is a tariff that OpenAI does not have.");

  private final Fields messages;
  private final Target target;
  private final ObjectNode out = JSON.createObjectNode();

  MessagesRequest(Fields messages, Target target) {
    this.messages = messages;
    this.target = target;
  }

  ObjectNode translated() {
    messages.refused(REFUSED);
    messages.withoutEffect("cache_control");
    messages.needed("model");
    out.put("model", target.model());
    out.put("max_completion_tokens", tokens(messages, "max_tokens", target.outputTokensMax()));
    ArrayNode turns = out.putArray("messages");
    ArrayNode system = MessagesTurns.texts(messages, "system");
    if (!system.isEmpty()) {
      turns.addObject().put("role", "system").set("content", MessagesTurns.content(system));
    }
    new MessagesTurns(turns).read(messages.list("messages"));
    ToolForms.toChat(messages, out);
    messages.copyNumber("temperature", "1", 1, out);
    messages.copyNumber("top_p", "1", 1, out);
    stop();
    thinking();
    output();
    serviceTier();
    user();
    stream();
    messages.done();
    return out;
  }

  static int tokens(Fields fields, String name, int max) {
    JsonNode value = fields.read(name);
    if (!value.canConvertToExactIntegral() || value.doubleValue() < 1) {
      throw fields.unfit(name, "It must be a whole number above 0.");
    }
    if (value.doubleValue() > max) {
      throw fields.unfit(name, "The other model writes at most " + max + " tokens.");
    }
    return value.intValue();
  }

  private void stop() {
    List<Fields.Item> sequences = messages.list("stop_sequences");
    if (sequences.size() > STOPS_MAX) {
      throw messages.unfit("stop_sequences", "OpenAI takes at most " + STOPS_MAX + ".");
    }
    for (Fields.Item item : sequences) {
      if (!item.node().isString()) {
        throw new Fields.Unfit(item.place(), "It must be text.");
      }
      out.withArray("/stop").add(item.node());
    }
  }

  private void thinking() {
    if (!messages.has("thinking")) {
      return;
    }
    Fields thinking = messages.object("thinking");
    if (!thinking.needed("type").equals("disabled")) {
      throw thinking.unfit(
          "type", "OpenAI's chat completions do not give the signed thoughts that are asked for.");
    }
    thinking.done();
  }

  private void output() {
    if (!messages.has("output_config")) {
      return;
    }
    Fields config = messages.object("output_config");
    if (config.has("effort")) {
      out.put("reasoning_effort", config.needed("effort"));
    }
    if (config.has("format")) {
      Fields format = config.object("format");
      if (!format.needed("type").equals("json_schema")) {
        throw format.unfit("type", "OpenAI has no such form.");
      }
      ObjectNode form = out.putObject("response_format").put("type", "json_schema");
      ObjectNode schema = form.putObject("json_schema").put("name", "answer").put("strict", true);
      format.object("schema");
      schema.set("schema", format.read("schema"));
      format.done();
    }
    config.done();
  }

  private void serviceTier() {
    switch (messages.text("service_tier")) {
      case "", "auto" -> {}
      case "standard_only" -> out.put("service_tier", "default");
      default -> throw messages.unfit("service_tier", "It is a tariff that OpenAI does not have.");
    }
  }

  private void user() {
    if (messages.has("metadata")) {
      Fields metadata = messages.object("metadata");
      if (!metadata.text("user_id").isEmpty()) {
        out.put("user", metadata.text("user_id"));
      }
      metadata.done();
    }
  }

  /// Without include_usage the caller's dialect could not end: it always says the usage.
  private void stream() {
    if (messages.flag("stream")) {
      out.put("stream", true);
      out.putObject("stream_options").put("include_usage", true);
    }
  }
}
