// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// The synthetic agent's side of its calls.
final class DrillClient implements AutoCloseable {
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  private final AtomicLong runs = new AtomicLong();
  private final String url;
  private final String key;
  private final String id;

  /// @param id of the drill
  DrillClient(String url, String key, String id) {
    this.url = url;
    this.key = key;
    this.id = id;
  }

  /// A whole answer.
  record Told(int status, String body) {}

  /// Begins a call; each is a run of its own, so that none is held to go round.
  HttpResponse<InputStream> open(Wire wire) throws IOException, InterruptedException {
    return client.send(request(wire.path(), wire.ask()), BodyHandlers.ofInputStream());
  }

  /// Asks and waits for the whole answer.
  Told ask(String model) throws IOException, InterruptedException {
    String body =
        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"drill\"}]}";
    HttpResponse<String> told =
        client.send(request(Wire.CHAT.path(), body), BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Told(told.statusCode(), told.body());
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(ANSWER_TIME_MAX)
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + key)
        .header("x-steward-run", id + "-" + runs.incrementAndGet())
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
    threads.close();
  }
}
