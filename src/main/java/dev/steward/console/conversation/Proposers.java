// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.turn.Block;
import dev.steward.console.turn.Turn;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which model step proposed each tool call: as the gateway found out, else as what the models said
/// before it in the run tells.
final class Proposers {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, String> byCall = new HashMap<>();
  private final Map<String, String> byWords = new HashMap<>();

  /// Learns what a model step asked for.
  void asks(Span model, Turn.Part.Request request) {
    if (!request.callId().isEmpty()) {
      byCall.put(request.callId(), model.key().spanId());
    }
    byWords.put(words(request.tool(), request.arguments()), model.key().spanId());
  }

  /// Empty where nothing is known either way.
  Optional<Block.Because> of(Span call) {
    if (call.teller().gateway()) {
      JsonNode ours = attributes(call);
      String step = ours.path("steward.why").asString("");
      if (!step.isEmpty()) {
        boolean byId = ours.path("steward.attribution").asString("").equals("call-id");
        return Optional.of(
            new Block.Because(step, byId ? "by the call's id" : "by equal arguments", false));
      }
      return ours.path("steward.unattributed").asBoolean(false)
          ? Optional.of(new Block.Because("", "no model step proposed it", true))
          : Optional.empty();
    }
    return told(call);
  }

  private Optional<Block.Because> told(Span call) {
    String id = call.tool() == null ? null : call.tool().callId();
    String byId = id == null ? null : byCall.get(id);
    if (byId != null) {
      return Optional.of(new Block.Because(byId, "by the call's id", false));
    }
    Message arguments = call.content().arguments();
    String byArguments =
        call.tool() == null || arguments == null
            ? null
            : byWords.get(words(call.tool().name(), arguments.json()));
    return Optional.ofNullable(byArguments)
        .map(step -> new Block.Because(step, "by equal arguments", false));
  }

  private static String words(String tool, String arguments) {
    return tool + "\n" + arguments.replaceAll("\\s+", "");
  }

  private static JsonNode attributes(Span call) {
    try {
      return JSON.readTree(call.raw().attributesJson());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the gateway wrote no JSON", e);
    }
  }
}
