// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Dialect;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers which models there are: those that the caller's version lists, by model and by use.
final class Listing {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PATH = "/v1/models";

  private Listing() {}

  static void answer(Caller caller, Operation operation, Request request, Answer answer)
      throws IOException {
    Map<String, ObjectNode> models = new LinkedHashMap<>();
    for (ModelUse use : caller.version().models()) {
      models.put(use.model(), model(operation, use.model(), use.provider()));
      models.putIfAbsent(use.use(), model(operation, use.use(), use.provider()));
    }
    String named = request.path().substring(PATH.length());
    ObjectNode body = named.isEmpty() ? list(operation, models) : models.get(named.substring(1));
    if (body == null) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.NO_SUCH_MODEL,
              "Version "
                  + caller.version().shortName()
                  + " lists no model "
                  + named.substring(1)
                  + "."));
    }
    List<Header> headers = List.of(new Header("Content-Type", "application/json"));
    answer.whole(200, headers, JSON.writeValueAsBytes(body));
  }

  private static ObjectNode model(Operation operation, String id, String provider) {
    ObjectNode model = JSON.createObjectNode();
    if (operation.dialect() == Dialect.ANTHROPIC) {
      return model
          .put("type", "model")
          .put("id", id)
          .put("display_name", id)
          .put("created_at", "1970-01-01T00:00:00Z");
    }
    return model.put("id", id).put("object", "model").put("created", 0).put("owned_by", provider);
  }

  private static ObjectNode list(Operation operation, Map<String, ObjectNode> models) {
    ObjectNode body = JSON.createObjectNode();
    if (operation.dialect() == Dialect.ANTHROPIC) {
      List<String> ids = List.copyOf(models.keySet());
      body.put("first_id", ids.isEmpty() ? null : ids.getFirst());
      body.put("last_id", ids.isEmpty() ? null : ids.getLast());
      body.put("has_more", false);
    } else {
      body.put("object", "list");
    }
    ArrayNode data = body.putArray("data");
    models.values().forEach(data::add);
    return body;
  }
}
