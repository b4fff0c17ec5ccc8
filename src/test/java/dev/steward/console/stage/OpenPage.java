// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page as a browser holds it open: it asks for its feed as the page's script does, and asks
/// again with what it was told last when the connection is lost.
public final class OpenPage {
  private static final Pattern LIVE = Pattern.compile("<main id=\"main\" data-live=\"([^\"]*)\"");
  private static final Pattern STEPS = Pattern.compile("data-shown=\"([^\"]*)\"");

  public final String html;

  private final Stage stage;
  private final Reader reader;
  private final String path;
  private final Map<String, String> asked;

  private OpenPage(Stage stage, Reader reader, String html) {
    this.stage = stage;
    this.reader = reader;
    this.html = html;
    List<String> live = found(LIVE, html);
    if (live.isEmpty()) {
      throw new AssertionError("the page is not live: " + html);
    }
    URI feed = URI.create(live.getFirst().replace("&amp;", "&"));
    path = feed.getPath();
    asked = parameters(feed.getRawQuery());
    List<String> shown = new ArrayList<>();
    shown.add(asked.getOrDefault("shown", ""));
    shown.addAll(found(STEPS, html));
    shown.removeIf(String::isEmpty);
    asked.put("shown", String.join(".", shown));
  }

  public static OpenPage of(Stage stage, String path, Map<String, String> query, Reader reader) {
    PageResponse page = stage.get(path, query, reader);
    return new OpenPage(stage, reader, ((PageResponse.Html) page).body());
  }

  public static OpenPage of(Stage stage, String path, Reader reader) {
    return of(stage, path, Map.of(), reader);
  }

  /// The feed of the page as it was made.
  public LiveFeed feed() {
    return feed(asked);
  }

  /// The feed that the page gets when it has lost the one before.
  public LiveFeed after(LiveFeed lost) {
    Map<String, String> again = new HashMap<>(asked);
    again.put("shown", lost.shown());
    return feed(again);
  }

  /// The feed where another part of the page was loaded behind it.
  public LiveFeed with(OpenPage further) {
    Map<String, String> both = new HashMap<>(asked);
    both.put("parts", "2");
    both.put("shown", asked.get("shown") + "." + String.join(".", found(STEPS, further.html)));
    return feed(both);
  }

  private LiveFeed feed(Map<String, String> query) {
    return stage.console.live(PageRequest.get(path, query, reader, "token")).orElseThrow();
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int at = pair.indexOf('=');
      parameters.put(
          pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static List<String> found(Pattern pattern, String html) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(html);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
