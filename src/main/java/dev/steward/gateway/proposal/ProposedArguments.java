// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.judging.Arguments;
import dev.steward.gateway.ruling.Proposed;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of a proposed call, read or not.
///
/// @param wrong why they cannot be read, "" when they could; it holds none of their values
record ProposedArguments(ObjectNode json, String wrong) {
  /// Where the only argument of a tool stands that takes a text.
  static final String INPUT = "input";

  static ProposedArguments of(Proposed call) {
    ObjectNode none = CanonicalJson.object();
    return switch (call.form()) {
      case TEXT -> new ProposedArguments(none.put(INPUT, call.arguments()), "");
      case PIECES ->
          new ProposedArguments(
              none, "its arguments are too long, or come in a form that is not read");
      case JSON, ACTION -> read(call.arguments());
    };
  }

  /// A name that is there twice is no arguments: the agent might believe the other one.
  private static ProposedArguments read(String text) {
    ObjectNode none = CanonicalJson.object();
    if (text.isBlank()) {
      return new ProposedArguments(none, "");
    }
    try {
      JsonNode read = CanonicalJson.MAPPER.readTree(text);
      return read instanceof ObjectNode object
          ? new ProposedArguments(object, "")
          : new ProposedArguments(none, "its arguments are no JSON object");
    } catch (JacksonException _) {
      return new ProposedArguments(none, "its arguments are no JSON that can be read");
    }
  }

  Map<String, @Nullable Object> values() {
    return Arguments.of(json);
  }
}
