// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one message of an agent tells, whole or an event of a stream.
///
/// @param context that it is for, "" for none
/// @param task that it is of, "" for none
/// @param state of that task, "" where it tells none
/// @param error code of the error that it is, "" for none
/// @param artifact whether it is but a part of what the task makes
record Told(String context, String task, String state, String error, boolean artifact) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Empty for what is not whole or tells nothing of these.
  static Optional<Told> of(byte[] json) {
    try {
      return of(JSON.readTree(json));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Optional<Told> of(JsonNode read) {
    if (read.path("error").isObject()) {
      String code = read.at("/error/code").asString("");
      return Optional.of(new Told("", "", "", code.isEmpty() ? "unknown" : code, false));
    }
    JsonNode result = read.has("result") ? read.path("result") : read;
    for (String member : new String[] {"task", "message", "statusUpdate", "artifactUpdate"}) {
      if (result.path(member).isObject()) {
        return Optional.of(of(result.path(member), member));
      }
    }
    return result.has("status") ? Optional.of(of(result, "task")) : Optional.empty();
  }

  private static Told of(JsonNode what, String member) {
    return new Told(
        what.path("contextId").asString(""),
        what.path(member.equals("task") ? "id" : "taskId").asString(""),
        what.at("/status/state").asString(""),
        "",
        member.equals("artifactUpdate"));
  }
}
