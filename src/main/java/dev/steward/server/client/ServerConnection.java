// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The REST API of a server, as the commands use it. What the server refuses becomes a
/// `CommandFailure` with the server's own words.
public final class ServerConnection {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER_TIME_MAX = Duration.ofMinutes(5);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI server;
  private final String token;

  public ServerConnection(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  public JsonNode get(String path) {
    return json(send(request(path).GET()));
  }

  public JsonNode delete(String path) {
    return json(send(request(path).DELETE()));
  }

  public JsonNode put(String path, String contentType, byte[] body) {
    return json(
        send(
            request(path)
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(body))));
  }

  public JsonNode post(String path, String contentType, byte[] body) {
    return json(send(posting(path, contentType, BodyPublishers.ofByteArray(body))));
  }

  /// The plan of an apply or diff, also one that was refused with its problems.
  public JsonNode plan(String path, JsonNode body) {
    HttpResponse<byte[]> response =
        exchange(
            posting(
                path,
                "application/json",
                BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    if (response.statusCode() == 422 && json(response).has("problems")) {
      return json(response);
    }
    return json(successful(response));
  }

  public JsonNode post(String path, JsonNode body) {
    return post(path, "application/json", JSON.writeValueAsBytes(body));
  }

  /// Posts what may take the server longer than any answer should, and waits for as long as it
  /// works.
  public JsonNode work(String path, JsonNode body) {
    return json(
        send(
            patient(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))));
  }

  /// The JSON of an answer, whatever its status says.
  public JsonNode ask(String path) {
    return json(exchange(request(path).GET()));
  }

  /// A body as it came, such as a proof or a file.
  public byte[] download(String path) {
    return send(request(path).GET()).body();
  }

  /// A body as it came, of something that is done by asking for it.
  public byte[] postForBody(String path) {
    return send(request(path).POST(BodyPublishers.noBody())).body();
  }

  private HttpRequest.Builder posting(String path, String contentType, BodyPublisher body) {
    return request(path).header("Content-Type", contentType).POST(body);
  }

  private HttpRequest.Builder request(String path) {
    return patient(path).timeout(ANSWER_TIME_MAX);
  }

  private HttpRequest.Builder patient(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(server.resolve(path));
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    return successful(exchange(request));
  }

  private static HttpResponse<byte[]> successful(HttpResponse<byte[]> response) {
    if (response.statusCode() >= 400) {
      throw refused(response);
    }
    return response;
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "no server answers at %s (%s). Start one with './steward up', or say where it is with --server."
              .formatted(server, reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted");
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static CommandFailure refused(HttpResponse<byte[]> response) {
    String said = problemOf(response);
    return switch (response.statusCode()) {
      case 401 ->
          new CommandFailure(
              ExitCode.WRONG_USE,
              said + " Give --token or STEWARD_TOKEN; the first one is in DATA/admin-token.");
      case 502, 503, 504 -> new CommandFailure(ExitCode.UNREACHABLE, said);
      default -> new CommandFailure(ExitCode.WRONG_USE, said);
    };
  }

  private static String problemOf(HttpResponse<byte[]> response) {
    try {
      JsonNode problem = JSON.readTree(response.body());
      String detail = problem.path("detail").asString("");
      if (!detail.isEmpty()) {
        return detail;
      }
    } catch (JacksonException notJson) {
      return "the server answered %d: %s"
          .formatted(
              response.statusCode(),
              new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
    }
    return "the server answered " + response.statusCode();
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    if (response.body().length == 0) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the answer of %s is not JSON; is that a Steward server?".formatted(response.uri()));
    }
  }
}
