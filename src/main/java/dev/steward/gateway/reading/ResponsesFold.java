// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.reading;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Events of OpenAI responses: the last one holds the whole answer; before it, the items that are
/// done.
final class ResponsesFold implements Fold {
  private ObjectNode body = JsonMapper.shared().createObjectNode();
  private boolean ended;
  private @Nullable String error;

  @Override
  public void add(JsonNode event) {
    switch (event.path("type").asString("")) {
      case "response.completed", "response.incomplete", "response.failed" -> {
        ended = true;
        take(event);
      }
      case "response.created", "response.in_progress", "response.queued" -> take(event);
      case "response.output_item.done" -> body.withArray("output").add(event.path("item"));
      case "error" -> error = event.path("message").asString(event.toString());
      default -> {
        // A delta: the item that is done repeats it.
      }
    }
  }

  private void take(JsonNode event) {
    if (event.path("response") instanceof ObjectNode response) {
      body = response.deepCopy();
    }
  }

  @Override
  public JsonNode body() {
    return body;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public @Nullable String error() {
    return error;
  }
}
