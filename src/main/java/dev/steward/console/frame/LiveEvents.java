// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.web.LiveFeed.Event;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The events that the pages' script understands.
public final class LiveEvents {
  private static final JsonMapper JSON = JsonMapper.shared();

  private LiveEvents() {}

  /// So many things are newer than the page.
  ///
  /// @param more whether there may be more than that
  public static Event count(int fresh, boolean more) {
    return new Event("fresh", JSON.writeValueAsString(Map.of("count", fresh, "more", more)));
  }

  /// Each element takes the place of the one with its id; one whose id is not on the page is left
  /// out.
  public static Event replace(List<String> elements) {
    return new Event("replace", JSON.writeValueAsString(Map.of("html", elements)));
  }

  /// Each element takes the place of the one with its id, or is put at the end of the container.
  public static Event append(String container, List<String> elements) {
    return new Event(
        "append", JSON.writeValueAsString(Map.of("into", container, "html", elements)));
  }

  /// Nothing more will change.
  public static Event end() {
    return new Event("end", "{}");
  }
}
