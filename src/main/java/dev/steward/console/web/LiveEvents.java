// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import dev.steward.console.web.LiveFeed.Event;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The events that the pages' script understands.
public final class LiveEvents {
  private static final JsonMapper JSON = JsonMapper.shared();

  private LiveEvents() {}

  private record Fresh(int count, boolean more) {}

  private record Elements(List<String> html) {}

  private record Insert(String into, List<Part> parts) {}

  private record Append(String into, List<String> html) {}

  /// So many things are newer than the page.
  ///
  /// @param more whether there may be more than that
  public static Event count(int fresh, boolean more) {
    return new Event("fresh", JSON.writeValueAsString(new Fresh(fresh, more)));
  }

  /// Each element takes the place of the one with its id; one whose id is not on the page is left
  /// out.
  public static Event replace(List<String> elements) {
    return new Event("replace", JSON.writeValueAsString(new Elements(elements)));
  }

  /// Each element takes the place of the one with its id, or is put at the end of the container.
  public static Event append(String container, List<String> elements) {
    return new Event("append", JSON.writeValueAsString(new Append(container, elements)));
  }

  /// An element and what stands before it.
  ///
  /// @param after id of the one before, "" where it is the first of its container
  public record Part(String html, String after) {}

  /// Each element takes the place of the one with its id, or is put behind the one before it.
  public static Event insert(String container, List<Part> parts) {
    return new Event("insert", JSON.writeValueAsString(new Insert(container, parts)));
  }

  /// Nothing more will change.
  public static Event end() {
    return new Event("end", "{}");
  }
}
