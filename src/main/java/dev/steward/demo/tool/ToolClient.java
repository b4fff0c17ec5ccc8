// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.tool;

import dev.steward.demo.talk.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Calls tools as an MCP client with sessions does. Where a person must agree first, such a client
/// is held, and goes on the moment somebody answers.
public final class ToolClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String VERSION = "2025-11-25";
  private static final String SESSION = "Mcp-Session-Id";

  /// Longer than the gateway holds a call.
  private static final Duration ANSWER_TIME_MAX = Duration.ofMinutes(2);

  private final URI address;
  private final Map<String, String> sessions = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param home such as `http://localhost:7070`
  public ToolClient(URI home) {
    this.address = home.resolve("/mcp");
  }

  /// @param key of the agent
  /// @throws RefusedException when no answer came
  public Returned call(String key, ToolAsking asking) throws InterruptedException {
    ObjectNode request = message("tools/call");
    ObjectNode params = request.putObject("params").put("name", asking.tool());
    params.set("arguments", asking.arguments());
    asking.place().forEach(params.putObject("_meta")::put);
    String session = session(key);
    HttpResponse<String> response = send(key, session, request);
    if (response.statusCode() == 404) {
      // The session is over: the server forgot it, or was started again.
      sessions.remove(key, session);
      response = send(key, session(key), request);
    }
    return Returned.of(result(response));
  }

  private String session(String key) throws InterruptedException {
    String known = sessions.get(key);
    if (known != null) {
      return known;
    }
    ObjectNode greeting = message("initialize");
    ObjectNode params = greeting.putObject("params").put("protocolVersion", VERSION);
    params.putObject("capabilities");
    params.putObject("clientInfo").put("name", "demo").put("version", "1");
    HttpResponse<String> response = send(key, "", greeting);
    result(response);
    String session = response.headers().firstValue(SESSION).orElse("");
    sessions.put(key, session);
    return session;
  }

  private ObjectNode message(String method) {
    return JSON.createObjectNode()
        .put("jsonrpc", "2.0")
        .put("id", ids.incrementAndGet())
        .put("method", method);
  }

  private HttpResponse<String> send(String key, String session, ObjectNode message)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER_TIME_MAX)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("MCP-Protocol-Version", VERSION)
            .POST(BodyPublishers.ofString(message.toString()));
    if (!session.isEmpty()) {
      request.header(SESSION, session);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RefusedException(0, "the tool could not be called: " + e.getMessage());
    }
  }

  private static JsonNode result(HttpResponse<String> response) {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JacksonException _) {
      throw new RefusedException(response.statusCode(), "no JSON: " + response.body());
    }
    if (!answer.has("result")) {
      throw new RefusedException(
          response.statusCode(), answer.path("error").path("message").asString(response.body()));
    }
    return answer.path("result");
  }

  /// Ends its calls, also those that wait for a person.
  @Override
  public void close() {
    http.shutdownNow();
  }
}
