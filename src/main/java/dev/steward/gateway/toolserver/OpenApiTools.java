// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.openapi.Document;
import dev.steward.gateway.openapi.Operation;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.upstream.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The operations of APIs, whose documents are read anew after a while.
final class OpenApiTools {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int BYTES_MAX = 8 << 20;
  private static final int DOCUMENTS_MAX = 1_000;

  private final HttpUpstream http;
  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

  OpenApiTools(HttpUpstream http) {
    this.http = http;
  }

  private record Known(Map<String, Operation> operations, long nanos) {}

  /// The operations by name.
  ///
  /// @throws ToolServerException when the document cannot be had or read
  Map<String, Operation> of(ToolServer server, Cuttable call) throws ToolServerException {
    String place = server.document().isEmpty() ? server.url() : server.document();
    Known found = known.get(place);
    if (found != null && System.nanoTime() - found.nanos() < KEPT.toNanos()) {
      return found.operations();
    }
    try {
      String text = call.waiting(() -> read(server, place));
      Map<String, Operation> operations = Document.read(text);
      if (known.size() >= DOCUMENTS_MAX) {
        known.clear();
      }
      known.put(place, new Known(operations, System.nanoTime()));
      return operations;
    } catch (IOException | IllegalArgumentException | UpstreamException e) {
      throw new ToolServerException(
          new Reason.NotSent(
              "The document of the tool server "
                  + server.name()
                  + (server.documentInline() ? "" : " at " + place)
                  + " cannot be used: "
                  + e.getMessage()
                  + "."),
          e);
    }
  }

  private String read(ToolServer server, String place) throws IOException {
    if (server.documentInline()) {
      return server.document();
    }
    URI uri = URI.create(place);
    if ("file".equals(uri.getScheme())) {
      try (InputStream in = Files.newInputStream(Path.of(uri))) {
        return text(in);
      }
    }
    HttpUpstream.Peer peer =
        new HttpUpstream.Peer(
            "The document of " + server.name(), place, server.reach().connect(), KEPT);
    try (UpstreamAnswer answer = http.send(peer, "GET", place, List.of(), new byte[0])) {
      if (answer.status() != 200) {
        throw new IOException(
            "the answer is " + answer.status() + " and redirects are not followed");
      }
      return text(answer.body());
    }
  }

  static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      throw new IOException("it is larger than " + BYTES_MAX + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
