// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static dev.steward.gateway.translate.Fields.JSON;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An OpenAI chat completion request on its way to the Anthropic dialect.
final class ChatRequest {
  private static final Map<String, String> HARMLESS =
      Map.ofEntries(
          entry("n", "1"),
          entry("frequency_penalty", "0"),
          entry("presence_penalty", "0"),
          entry("logit_bias", "{}"),
          entry("logprobs", "false"),
          entry("top_logprobs", "0"),
          entry("modalities", "[\"text\"]"),
          entry("verbosity", "\"medium\""),
          entry("store", "false"));
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          entry("seed", "Anthropic's models cannot repeat an answer by a seed."),
          entry("audio", "Anthropic's models do not speak."),
          entry("moderation", "Anthropic gives no moderation results."),
          entry("web_search_options", "Searching the web is a tool of OpenAI's own servers."),
          entry("functions", "It is retired: use tools."),
          entry("function_call", "It is retired: use tool_choice."));
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

  private final Fields chat;
  private final Target target;
  private final ObjectNode out = JSON.createObjectNode();
  private boolean usageAsked;

  ChatRequest(Fields chat, Target target) {
    this.chat = chat;
    this.target = target;
  }

  /// Whether the caller wants the usage at the end of a stream.
  boolean usageAsked() {
    return usageAsked;
  }

  ObjectNode translated() {
    chat.harmless(HARMLESS);
    chat.refused(REFUSED);
    chat.withoutEffect(
        "metadata",
        "prediction",
        "prompt_cache_key",
        "prompt_cache_options",
        "prompt_cache_retention");
    chat.needed("model");
    out.put("model", target.model());
    out.put("max_tokens", maxTokens());
    new ChatTurns(out).read(chat.list("messages"));
    ToolForms.toMessages(chat, out);
    chat.copyNumber("temperature", "1", 1, out);
    chat.copyNumber("top_p", "1", 1, out);
    stop();
    output();
    serviceTier();
    user();
    stream();
    chat.done();
    return out;
  }

  private int maxTokens() {
    int max = target.outputTokensMax();
    int asked = 0;
    for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
      JsonNode value = chat.read(name);
      if (!value.isMissingNode()) {
        int number = MessagesRequest.tokens(chat, name, max);
        if (asked != 0 && asked != number) {
          throw chat.unfit(name, "It contradicts max_completion_tokens.");
        }
        asked = number;
      }
    }
    return asked == 0 ? max : asked;
  }

  private void stop() {
    JsonNode stop = chat.read("stop");
    if (stop.isString()) {
      sequence(stop, "stop");
    } else {
      for (Fields.Item item : chat.list("stop")) {
        sequence(item.node(), item.place());
      }
    }
  }

  private void sequence(JsonNode text, String place) {
    if (!text.isString() || text.stringValue().isBlank()) {
      throw new Fields.Unfit(place, "Anthropic takes no stop sequence of white space alone.");
    }
    out.withArray("/stop_sequences").add(text);
  }

  /// How much to think and in which form to answer.
  private void output() {
    String effort = chat.text("reasoning_effort");
    if (effort.equals("none")) {
      out.putObject("thinking").put("type", "disabled");
    } else if (!effort.isEmpty()) {
      if (!EFFORTS.contains(effort)) {
        throw chat.unfit("reasoning_effort", "Anthropic has no effort '" + effort + "'.");
      }
      out.withObject("/output_config").put("effort", effort);
    }
    if (!chat.has("response_format")) {
      return;
    }
    Fields format = chat.object("response_format");
    String type = format.needed("type");
    switch (type) {
      case "text" -> {}
      case "json_schema" ->
          out.withObject("/output_config")
              .putObject("format")
              .put("type", "json_schema")
              .set("schema", schema(format.object("json_schema")));
      default -> throw format.unfit("type", "Anthropic answers by a schema only: use json_schema.");
    }
    format.done();
  }

  /// Anthropic's has no place for name and description: the name says nothing to the model that the
  /// schema does not, the description goes into the schema.
  private static JsonNode schema(Fields form) {
    form.withoutEffect("name");
    form.flag("strict");
    Fields schema = form.object("schema");
    ObjectNode copy = JSON.createObjectNode();
    String description = form.text("description");
    form.done();
    JsonNode node = form.read("schema");
    if (!description.isEmpty()) {
      if (schema.has("description")) {
        throw form.unfit("description", "The schema already has a description of its own.");
      }
      copy.put("description", description);
    }
    copy.setAll((ObjectNode) node);
    return copy;
  }

  private void serviceTier() {
    switch (chat.text("service_tier")) {
      case "", "auto" -> {}
      case "default" -> out.put("service_tier", "standard_only");
      default -> throw chat.unfit("service_tier", "It is a tariff that Anthropic does not have.");
    }
  }

  private void user() {
    String older = chat.text("user");
    String user = chat.has("safety_identifier") ? chat.text("safety_identifier") : older;
    if (!user.isEmpty()) {
      out.putObject("metadata").put("user_id", user);
    }
  }

  private void stream() {
    boolean stream = chat.flag("stream");
    if (stream) {
      out.put("stream", true);
    }
    if (chat.has("stream_options")) {
      Fields options = chat.object("stream_options");
      usageAsked = options.flag("include_usage");
      options.withoutEffect("include_obfuscation");
      options.done();
    }
  }
}
