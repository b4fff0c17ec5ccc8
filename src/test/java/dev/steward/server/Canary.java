// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A secret that is looked for wherever it must not be: every file of the data folder, every page
/// that a link leads to, every answer of the API, any text. It is looked for as it is, as base64,
/// as hexadecimal digits, as an address writes it, and as SHA-256.
///
/// What a database or a journal compresses is not seen through: that is what the pages and answers
/// are asked for.
public final class Canary {
  private static final Pattern LINK = Pattern.compile("(?:href|src|data-live)=\"(/[^\"#]*)");
  private static final int PAGES_MAX = 400;

  private final List<String> forms;
  private final List<String> found = new ArrayList<>();
  private int searched;

  public Canary(String secret) {
    this(secret, true);
  }

  /// Of a key whose SHA-256 is in the ledger on purpose, as that of every agent key is.
  public static Canary knownByHash(String key) {
    return new Canary(key, false);
  }

  private Canary(String secret, boolean hashToo) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String hash = dev.steward.domain.Digest.of(secret).hex();
    forms =
        Stream.of(
                secret,
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                hashToo ? hash : secret)
            .distinct()
            .toList();
  }

  /// Where it was found, empty when nowhere.
  public List<String> found() {
    return List.copyOf(found);
  }

  /// How many files, pages and texts were looked through; none would prove nothing.
  public int searched() {
    return searched;
  }

  public void searchText(String place, String text) {
    searched++;
    if (forms.stream().anyMatch(text::contains)) {
      found.add(place);
    }
  }

  /// Every file under the folder, byte for byte.
  public void searchFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // Latin 1 keeps every byte, so that text between other bytes is found too.
        searchText(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /// Every page that links lead to from the first one, and every documented answer of the API that
  /// can be asked for without knowing an id.
  public void searchPages(TestServer server) {
    searchTexts(pages(server));
  }

  /// Texts by their places.
  public void searchTexts(Map<String, String> texts) {
    texts.forEach(this::searchText);
  }

  /// What `searchPages` looks through, for several canaries.
  public static Map<String, String> pages(TestServer server) {
    Set<String> waiting = new LinkedHashSet<>(List.of("/", "/now", "/settings"));
    for (var route : server.steward().routes()) {
      if (route.documented() && route.method().equals("GET") && !route.path().contains("{")) {
        waiting.add(route.path());
      }
    }
    Set<String> seen = new LinkedHashSet<>();
    Map<String, String> pages = new LinkedHashMap<>();
    while (!waiting.isEmpty() && seen.size() < PAGES_MAX) {
      String path = waiting.iterator().next();
      waiting.remove(path);
      if (!seen.add(path) || path.startsWith("/live") || path.startsWith("/logout")) {
        continue;
      }
      HttpResponse<String> answer = server.get(path);
      pages.put(path, answer.headers().map() + "\n" + answer.body());
      Matcher link = LINK.matcher(answer.body());
      while (link.find()) {
        waiting.add(link.group(1).replace("&amp;", "&"));
      }
    }
    return pages;
  }
}
