// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import dev.steward.domain.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The console's own style sheets and scripts. Their addresses carry a hash of their bytes, so that
/// a browser may keep them for ever.
public final class StaticFiles {
  private static final String ROOT = "/static/";
  private static final Map<String, String> SOURCES = sources();

  private final Map<String, StaticFile> byPath = new LinkedHashMap<>();
  private final Map<String, String> pathByName = new LinkedHashMap<>();

  /// Reads all files from the class path.
  public StaticFiles() {
    SOURCES.forEach(this::add);
  }

  /// One file, to be sent with its ETag, answered 304 when the client has that ETag.
  ///
  /// @param immutable whether the address names these bytes: then `Cache-Control: public,
  ///   max-age=31536000, immutable`, else `no-cache`
  public record StaticFile(String contentType, String etag, byte[] bytes, boolean immutable) {}

  /// The file at a request path such as `/static/base-1f0a9c33.css`.
  public Optional<StaticFile> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /// The address of each file by its plain name.
  public Map<String, String> paths() {
    return Collections.unmodifiableMap(pathByName);
  }

  private void add(String name, String resource) {
    byte[] bytes = read(resource);
    String hash = Digest.of(bytes).hex().substring(0, 12);
    int dot = name.lastIndexOf('.');
    String path = ROOT + name.substring(0, dot) + "-" + hash + name.substring(dot);
    String type = contentType(name.substring(dot));
    byPath.put(path, new StaticFile(type, "\"" + hash + "\"", bytes, true));
    byPath.put(ROOT + name, new StaticFile(type, "\"" + hash + "\"", bytes, false));
    pathByName.put(name, path);
  }

  private static String contentType(String ending) {
    return switch (ending) {
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("unknown ending " + ending);
    };
  }

  private static byte[] read(String resource) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String name :
        new String[] {
          "tokens.css",
          "base.css",
          "parts.css",
          "agent.css",
          "run.css",
          "chart.css",
          "guide.css",
          "books.css",
          "now.css",
          "console.js",
          "live.js",
          "waterfall.js",
          "compare.css",
          "proof.js",
          "icon.svg"
        }) {
      sources.put(name, "/console/" + name);
    }
    sources.put("htmx.js", "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
    return sources;
  }
}
