// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks models over HTTP, as a provider's SDK would: at the address that it was given, with the key
/// that it was given.
public final class ModelClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration ANSWER_TIME_MAX = Duration.ofMinutes(2);
  private static final String DATA = "data:";

  private final URI home;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param home such as `http://localhost:7070`
  public ModelClient(URI home) {
    this.home = home;
  }

  /// @throws RefusedException when no answer came
  public Said ask(Asking asking, ScriptedModel model) throws InterruptedException {
    Form form = model.speaksMessages() ? new MessagesForm() : new ChatForm();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(home.resolve(form.path()))
            .timeout(ANSWER_TIME_MAX)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(form.request(asking))));
    if (model.speaksMessages()) {
      request.header("x-api-key", asking.key()).header("anthropic-version", "2023-06-01");
    } else {
      request.header("Authorization", "Bearer " + asking.key());
    }
    asking.headers().forEach(request::header);
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return read(form, response, body);
      }
    } catch (IOException e) {
      throw new RefusedException(0, "the model could not be asked: " + e.getMessage());
    }
  }

  private static Said read(Form form, HttpResponse<InputStream> response, InputStream body)
      throws IOException {
    if (response.statusCode() != 200) {
      throw new RefusedException(response.statusCode(), reason(body.readAllBytes()));
    }
    String type = response.headers().firstValue("content-type").orElse("");
    if (!type.startsWith("text/event-stream")) {
      return form.whole(JSON.readTree(body.readAllBytes()));
    }
    Form.Hearing hearing = form.hearing();
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
      if (data.startsWith("{")) {
        hearing.event(JSON.readTree(data));
      }
    }
    return hearing.said();
  }

  private static String reason(byte[] body) {
    try {
      JsonNode error = JSON.readTree(body);
      String message = Form.error(error);
      return message.isEmpty() ? error.toString() : message;
    } catch (JacksonException e) {
      return "no JSON: " + new String(body, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
