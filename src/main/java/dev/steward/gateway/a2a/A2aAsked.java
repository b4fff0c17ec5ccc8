// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.wire.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What of a request must be known to forward it.
///
/// @param operation the method, as JSON-RPC names it
/// @param id of the request, of JSON-RPC alone
/// @param context that it names, "" for none
/// @param task that it names, "" for none
/// @param params of a message that is sent, else null
/// @param error why it is not forwarded
record A2aAsked(
    String operation,
    JsonNode id,
    String context,
    String task,
    JsonNode params,
    Optional<A2aError> error) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode NONE = JSON.nullNode();

  /// Whether it begins a conversation where it names none.
  boolean sends() {
    return operation.equals("SendMessage") || operation.equals("SendStreamingMessage");
  }

  /// Whether it is answered with a stream of events.
  boolean streams() {
    return operation.equals("SendStreamingMessage");
  }

  /// Nothing is known of it.
  static final A2aAsked NOTHING = new A2aAsked("", NONE, "", "");

  private A2aAsked(String operation, JsonNode id, A2aError error) {
    this(operation, id, "", "", NONE, Optional.of(error));
  }

  private A2aAsked(String operation, JsonNode id, String context, String task) {
    this(operation, id, context, task, NONE, Optional.empty());
  }

  static A2aAsked rpc(Request head, byte[] body) {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (JacksonException _) {
      return new A2aAsked("", NONE, A2aError.unreadable("The request is no JSON."));
    }
    JsonNode id = request.path("id");
    JsonNode known = id.isMissingNode() ? NONE : id;
    String method = request.path("method").asString("");
    if (method.isEmpty()) {
      return new A2aAsked(
          "", known, A2aError.invalid("The request is no JSON-RPC request: it has no 'method'."));
    }
    Optional<A2aError> version = version(head, method.contains("/"));
    if (version.isPresent()) {
      return new A2aAsked(method, known, version.get());
    }
    return read(method, known, request.path("params"));
  }

  /// @param rest of the path, decoded, without a slash before it
  static A2aAsked rest(Request head, String rest, byte[] body) {
    Optional<A2aError> version = version(head, rest.startsWith("v1/"));
    if (version.isPresent()) {
      return new A2aAsked(rest, NONE, version.get());
    }
    JsonNode params;
    try {
      params = body.length == 0 ? NONE : JSON.readTree(body);
    } catch (JacksonException _) {
      return new A2aAsked(rest, NONE, A2aError.unreadable("The request is no JSON."));
    }
    String[] segments = rest.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      switch (segments[i]) {
        case "message:send" -> {
          return read("SendMessage", NONE, params);
        }
        case "message:stream" -> {
          return read("SendStreamingMessage", NONE, params);
        }
        case "extendedAgentCard" -> {
          return read("GetExtendedAgentCard", NONE, params);
        }
        case "tasks" -> {
          return task(head, segments, i + 1);
        }
        default -> {
          // a tenant may stand before
        }
      }
    }
    return new A2aAsked(rest, NONE, "", "");
  }

  private static A2aAsked task(Request head, String[] segments, int next) {
    if (next >= segments.length || segments[next].isEmpty()) {
      String context = head.parameter("contextId").map(A2aAsked::decoded).orElse("");
      return new A2aAsked("ListTasks", NONE, context, "");
    }
    if (next + 1 < segments.length) {
      return new A2aAsked("TaskPushNotificationConfig", NONE, A2aError.pushNotSupported());
    }
    String name = segments[next];
    int colon = name.lastIndexOf(':');
    String verb = colon < 0 ? "" : name.substring(colon + 1).toLowerCase(Locale.ROOT);
    return switch (verb) {
      case "cancel" -> new A2aAsked("CancelTask", NONE, "", name.substring(0, colon));
      case "subscribe" -> new A2aAsked("SubscribeToTask", NONE, "", name.substring(0, colon));
      default -> new A2aAsked("GetTask", NONE, "", name);
    };
  }

  private static A2aAsked read(String method, JsonNode id, JsonNode params) {
    return switch (method) {
      case "SendMessage", "SendStreamingMessage" -> {
        JsonNode message = params.path("message");
        boolean pushes = params.path("configuration").has("taskPushNotificationConfig");
        yield pushes
            ? new A2aAsked(method, id, A2aError.pushNotSupported())
            : new A2aAsked(
                method,
                id,
                message.path("contextId").asString(""),
                message.path("taskId").asString(""),
                params,
                Optional.empty());
      }
      case "CreateTaskPushNotificationConfig",
          "GetTaskPushNotificationConfig",
          "ListTaskPushNotificationConfigs",
          "DeleteTaskPushNotificationConfig" ->
          new A2aAsked(method, id, A2aError.pushNotSupported());
      case "GetExtendedAgentCard" -> new A2aAsked(method, id, A2aError.noExtendedCard());
      case "ListTasks" -> new A2aAsked(method, id, params.path("contextId").asString(""), "");
      default -> new A2aAsked(method, id, "", params.path("id").asString(""));
    };
  }

  /// Whoever says no version speaks 0.3.
  private static Optional<A2aError> version(Request head, boolean old) {
    String said =
        head.header("A2A-Version")
            .or(() -> head.parameter("A2A-Version").map(A2aAsked::decoded))
            .map(String::strip)
            .orElse("");
    return said.equals("1.0") && !old
        ? Optional.empty()
        : Optional.of(
            A2aError.versionNotSupported(
                "A2A version "
                    + (said.isEmpty() || said.equals("1.0") ? "0.3" : shortened(said))
                    + " is not supported: speak 1.0, and say so in the header 'A2A-Version'."));
  }

  private static String shortened(String said) {
    return CanonicalJson.text(JSON.valueToTree(said.length() <= 20 ? said : said.substring(0, 20)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
