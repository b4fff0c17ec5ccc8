// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.console.Console;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.console.web.StaticFiles.StaticFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/// Serves the staged console to a browser, for looking at it: `?as=viewer`, `?as=nobody`.
public final class StageServer {
  private static final String TOKEN = "token-of-session";
  private final Stage stage;

  private StageServer(Stage stage) {
    this.stage = stage;
  }

  public static void main(String[] arguments) throws IOException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7171;
    boolean empty = arguments.length > 1 && arguments[1].equals("empty");
    InstantSource clock = InstantSource.system();
    start(empty ? Stage.empty(clock) : Stage.full(clock), port);
  }

  /// Starts serving on the loopback address.
  public static HttpServer start(Stage stage, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new StageServer(stage)::handle);
    server.start();
    return server;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<StaticFile> file = stage.console.files().find(path);
      if (file.isPresent()) {
        send(exchange, 200, file.get().contentType(), file.get().bytes());
      } else if (path.startsWith("/live/")) {
        stream(exchange);
      } else {
        answer(exchange, stage.console.handle(request(exchange)));
      }
    } catch (RuntimeException e) {
      answer(
          exchange,
          stage.console.failure(
              request(exchange), 500, String.valueOf(e), "Read the server's log."));
      throw e;
    }
  }

  private void answer(HttpExchange exchange, PageResponse response) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", Console.CONTENT_SECURITY_POLICY);
    switch (response) {
      case PageResponse.Html html -> {
        html.headers().forEach(exchange.getResponseHeaders()::add);
        send(
            exchange,
            html.status(),
            "text/html; charset=utf-8",
            html.body().getBytes(StandardCharsets.UTF_8));
      }
      case PageResponse.Redirect redirect -> {
        exchange.getResponseHeaders().set("Location", redirect.location());
        exchange.sendResponseHeaders(303, -1);
      }
      case PageResponse.Data data -> send(exchange, 200, data.contentType(), data.bytes());
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    LiveFeed feed = stage.console.live(request(exchange)).orElseThrow();
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        for (LiveFeed.Event event : feed.poll()) {
          String text = "event: " + event.name() + "\ndata: " + event.data() + "\n\n";
          out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        Thread.sleep(feed.every());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PageRequest request(HttpExchange exchange) throws IOException {
    Map<String, String> query = pairs(exchange.getRequestURI().getRawQuery(), "&");
    Reader reader =
        switch (query.getOrDefault("as", "")) {
          case "viewer" -> Stage.VIEWER;
          case "nobody" -> null;
          default -> Stage.OPERATOR;
        };
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String cookies = exchange.getRequestHeaders().getFirst("Cookie");
    return new PageRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query,
        pairs(body, "&"),
        reader,
        TOKEN,
        pairs(cookies, "; "),
        "true".equals(exchange.getRequestHeaders().getFirst("HX-Request")));
  }

  private static Map<String, String> pairs(
      @org.jspecify.annotations.Nullable String text, String between) {
    Map<String, String> pairs = new HashMap<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split(between, -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        pairs.put(decode(name), decode(value));
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
