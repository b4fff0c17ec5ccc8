// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.endpoint.PathBelow;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a request must be known to forward it.
///
/// @param operation the method, as JSON-RPC names it
/// @param id of the request, of JSON-RPC alone
/// @param context that it names, "" for none
/// @param task that it names, "" for none
/// @param body the whole request, null where there is none
/// @param error why it is not forwarded
record A2aAsked(
    String operation,
    JsonNode id,
    String context,
    String task,
    JsonNode body,
    Optional<A2aError> error) {
  private static final int TASK_BEHIND_TENANT = 2;

  /// What servers read otherwise than we do: they would find another task in it. Segments of a path
  /// that end it.
  private static final Set<String> LAST =
      Set.of("message:send", "message:stream", "extendedagentcard");

  private static final Pattern AMBIGUOUS =
      Pattern.compile("[;\\\\]|(?:^|/)/|%(?:25|2f|3b|5c)", Pattern.CASE_INSENSITIVE);

  private static final JsonNode NONE = CanonicalJson.MAPPER.nullNode();

  /// Whether it begins a conversation where it names none.
  boolean sends() {
    return operation.equals("SendMessage") || operation.equals("SendStreamingMessage");
  }

  /// Whether it only looks after a task that was begun. What the protocol does not name may do
  /// anything, whatever task it names.
  boolean follows() {
    return switch (operation) {
      case "GetTask", "CancelTask", "SubscribeToTask" -> true;
      default -> false;
    };
  }

  /// Whether it asks for tasks without naming one.
  boolean lists() {
    return operation.equals("ListTasks");
  }

  /// Whether it is answered with a stream of events.
  boolean streams() {
    return operation.equals("SendStreamingMessage");
  }

  /// Nothing is known of it.
  static final A2aAsked NOTHING = new A2aAsked("", NONE, "", "", NONE);

  private A2aAsked(String operation, JsonNode id, A2aError error) {
    this(operation, id, "", "", NONE, Optional.of(error));
  }

  private A2aAsked(String operation, JsonNode id, String context, String task, JsonNode body) {
    this(operation, id, context, task, body, Optional.empty());
  }

  static A2aAsked rpc(Request head, byte[] body) {
    try {
      return rpc(head, CanonicalJson.read(body));
    } catch (IllegalArgumentException e) {
      return new A2aAsked("", NONE, unreadable(e));
    }
  }

  private static A2aAsked rpc(Request head, JsonNode request) {
    JsonNode id = Members.of(request, "id");
    JsonNode known = id.isMissingNode() ? NONE : id;
    if (!known.isString() && !known.isNull() && !writable(known)) {
      return new A2aAsked(
          "", NONE, A2aError.invalid("The request's 'id' must be a text, a number or null."));
    }
    String method = Members.of(request, "method").asString("");
    if (method.isEmpty()) {
      return new A2aAsked(
          "", known, A2aError.invalid("The request is no JSON-RPC request: it has no 'method'."));
    }
    Optional<A2aError> version = version(head, method.contains("/"));
    if (version.isPresent()) {
      return new A2aAsked(method, known, version.get());
    }
    return read(method, known, Members.of(request, "params"), request);
  }

  /// @param path as it came, without a slash before it
  static A2aAsked rest(Request head, String path, byte[] body) {
    try {
      PathBelow.require(path);
    } catch (RefusedException e) {
      return new A2aAsked("", NONE, A2aError.of(e.refusal()));
    }
    String rest = decoded(path.replace("+", "%2B"));
    if (AMBIGUOUS.matcher(path).find()) {
      return new A2aAsked(
          rest,
          NONE,
          A2aError.invalid(
              "The path can be read in two ways: write it without ';', a backslash, two slashes, an"
                  + " encoded slash or what is encoded twice."));
    }
    try {
      Optional<A2aError> version = version(head, rest.startsWith("v1/"));
      if (version.isPresent()) {
        return new A2aAsked(rest, NONE, version.get());
      }
      return rest(head, rest, body.length == 0 ? NONE : CanonicalJson.read(body));
    } catch (IllegalArgumentException e) {
      return new A2aAsked(rest, NONE, unreadable(e));
    }
  }

  private static A2aAsked rest(Request head, String rest, JsonNode params) {
    String[] segments = rest.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i].toLowerCase(Locale.ROOT);
      if (LAST.contains(segment) && i + 1 < segments.length) {
        // An agent's server may take it for a tenant, and go by what stands behind it.
        return new A2aAsked(
            rest,
            NONE,
            A2aError.unsupported(
                "The protocol has nothing behind '" + segment + "': end the path there."));
      }
      switch (segment) {
        case "message:send" -> {
          return read("SendMessage", NONE, params, params);
        }
        case "message:stream" -> {
          return read("SendStreamingMessage", NONE, params, params);
        }
        case "extendedagentcard" -> {
          return read("GetExtendedAgentCard", NONE, params, params);
        }
        case "tasks" -> {
          return task(head, rest, segments, i + 1, params);
        }
        default -> {
          // a tenant may stand before
        }
      }
    }
    return new A2aAsked(rest, NONE, "", "", params);
  }

  private static A2aAsked task(
      Request head, String rest, String[] segments, int next, JsonNode body) {
    if (next >= segments.length || segments[next].isEmpty()) {
      return new A2aAsked("ListTasks", NONE, context(head), "", body);
    }
    if (next + 1 < segments.length) {
      return new A2aAsked("TaskPushNotificationConfig", NONE, A2aError.pushNotSupported());
    }
    String name = segments[next];
    int colon = name.lastIndexOf(':');
    String verb = colon < 0 ? "" : name.substring(colon + 1).toLowerCase(Locale.ROOT);
    boolean gets = head.method().equals("GET");
    boolean posts = head.method().equals("POST");
    boolean known = verb.equals("cancel") || verb.equals("subscribe");
    if (colon >= 0 && !known && !gets) {
      // Nobody knows whose task the agent's server reads in it.
      return new A2aAsked(
          rest,
          NONE,
          A2aError.unsupported(
              "The protocol has no such operation on a task: write ':cancel' or ':subscribe'."));
    }
    String task = known ? name.substring(0, colon) : name;
    String operation =
        switch (verb) {
          case "cancel" -> posts ? "CancelTask" : rest;
          case "subscribe" -> gets || posts ? "SubscribeToTask" : rest;
          default -> gets ? "GetTask" : rest;
        };
    // More than a tenant before it is no address of the protocol.
    return new A2aAsked(next > TASK_BEHIND_TENANT ? rest : operation, NONE, "", task, body);
  }

  private static A2aAsked read(String method, JsonNode id, JsonNode params, JsonNode body) {
    return switch (method) {
      case "SendMessage", "SendStreamingMessage" -> {
        JsonNode message = Members.of(params, "message");
        boolean pushes =
            !Members.of(Members.of(params, "configuration"), "taskPushNotificationConfig")
                .isMissingNode();
        yield pushes
            ? new A2aAsked(method, id, A2aError.pushNotSupported())
            : new A2aAsked(
                method,
                id,
                Members.of(message, "contextId").asString(""),
                Members.of(message, "taskId").asString(""),
                body);
      }
      case "CreateTaskPushNotificationConfig",
          "GetTaskPushNotificationConfig",
          "ListTaskPushNotificationConfigs",
          "DeleteTaskPushNotificationConfig" ->
          new A2aAsked(method, id, A2aError.pushNotSupported());
      case "GetExtendedAgentCard" -> new A2aAsked(method, id, A2aError.noExtendedCard());
      case "ListTasks" ->
          new A2aAsked(method, id, Members.of(params, "contextId").asString(""), "", body);
      default -> new A2aAsked(method, id, "", Members.of(params, "id").asString(""), body);
    };
  }

  private static A2aError unreadable(IllegalArgumentException e) {
    return A2aError.unreadable("The request is " + e.getMessage() + ".");
  }

  private static boolean writable(JsonNode number) {
    return number.isNumber() && CanonicalJson.writable(number.decimalValue());
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
    return CanonicalJson.text(
        CanonicalJson.MAPPER.valueToTree(said.length() <= 20 ? said : said.substring(0, 20)));
  }

  /// The context in an address, however its name is spelled.
  private static String context(Request head) {
    ObjectNode parameters = CanonicalJson.object();
    for (String pair : head.query().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String name = decoded(parts[0]);
      if (parameters.has(name)) {
        throw new IllegalArgumentException("ambiguous: its address has '" + name + "' twice");
      }
      parameters.put(name, parts.length > 1 ? decoded(parts[1]) : "");
    }
    return Members.of(parameters, "contextId").asString("");
  }

  /// @throws IllegalArgumentException where it is not encoded as addresses are
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not encoded as addresses are", e);
    }
  }
}
