// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import dev.steward.SourceTree;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A call to a real provider, recorded: what was asked and what was answered.
///
/// @param provider what kind of provider it was, such as `azure_openai`
/// @param path where a client of the gateway sends it, with its query
/// @param headers of the answer, `name: value`, without its type
record Recording(
    String id,
    String provider,
    String path,
    String model,
    byte[] request,
    int status,
    String contentType,
    List<String> headers,
    byte[] response,
    boolean streams) {
  private static final Path DATA = SourceTree.root().resolve("../shared/data");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> FRAMING =
      List.of("content-type", "content-length", "transfer-encoding", "connection", "keep-alive");

  @Override
  public String toString() {
    return id;
  }

  static boolean present() {
    return Files.exists(DATA);
  }

  /// Every body of `provider/`.
  static List<Recording> bodies() throws IOException {
    Path folder = DATA.resolve("provider");
    List<Recording> all = new ArrayList<>();
    for (JsonNode entry : JSON.readTree(folder.resolve("index.json"))) {
      String kind = entry.path("provider").stringValue("");
      byte[] request = Files.readAllBytes(folder.resolve(entry.path("request").stringValue("")));
      URI url = URI.create(entry.path("url").stringValue(""));
      boolean streams = entry.path("stream").booleanValue();
      String type = entry.path("content_type").stringValue("");
      String path = path(kind, url);
      all.add(
          new Recording(
              entry.path("id").stringValue(""),
              kind,
              path,
              model(path, request),
              request,
              entry.path("status").intValue(),
              type.isEmpty() ? type(entry.path("response").stringValue("")) : type,
              List.of("x-request-id: req-" + all.size(), "x-ratelimit-remaining-tokens: 149984"),
              Files.readAllBytes(folder.resolve(entry.path("response").stringValue(""))),
              streams));
    }
    return all;
  }

  /// Every mapping of `wiremock/`.
  static List<Recording> mappings() throws IOException {
    List<Recording> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(DATA.resolve("wiremock"))) {
      for (Path file : files.sorted().toList()) {
        try (MappingIterator<JsonNode> mappings =
            new YAMLMapper().readerFor(JsonNode.class).readValues(file)) {
          while (mappings.hasNext()) {
            all.add(mapping(mappings.next()));
          }
        }
      }
    }
    return all;
  }

  private static Recording mapping(JsonNode mapping) {
    JsonNode answer = mapping.path("response");
    String url = mapping.path("request").path("url").stringValue("");
    String path = url.startsWith("/model/") ? url : "/v1" + url;
    byte[] request = utf8(mapping.at("/request/bodyPatterns/0/equalToJson").stringValue(""));
    List<String> headers = new ArrayList<>();
    answer
        .path("headers")
        .forEachEntry((name, value) -> {
          if (!FRAMING.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            headers.add(name + ": " + value.asString());
          }
        });
    String type = answer.path("headers").path("Content-Type").stringValue("application/json");
    byte[] response =
        answer.has("base64Body")
            ? Base64.getDecoder().decode(answer.path("base64Body").stringValue(""))
            : utf8(answer.path("body").stringValue(""));
    return new Recording(
        mapping.path("name").stringValue("") + " " + mapping.path("id").stringValue(""),
        url.startsWith("/model/") ? "bedrock" : "openai_chat",
        path,
        model(path, request),
        request,
        answer.path("status").intValue(),
        type,
        headers,
        response,
        !type.startsWith("application/json"));
  }

  /// Where the gateway takes what was sent to a provider.
  private static String path(String kind, URI url) {
    String own = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    return switch (kind) {
      case "azure_openai", "openai_compatible" -> "/v1/chat/completions";
      default -> own;
    };
  }

  private static String model(String path, byte[] request) {
    int from = path.lastIndexOf("/models/") + "/models/".length();
    if (path.startsWith("/model/")) {
      return decoded(path.substring("/model/".length(), path.lastIndexOf('/')));
    }
    return path.contains("/models/")
        ? decoded(path.substring(from, path.indexOf(':', from)))
        : JSON.readTree(request).path("model").stringValue("");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String type(String file) {
    return file.endsWith(".sse") ? "text/event-stream" : "application/json";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
