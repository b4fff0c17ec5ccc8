// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Shown;
import dev.steward.trace.run.Run;

/// What the page of an open run shows, as its feed is told.
///
/// @param view conversation, waterfall, graph or raw
/// @param first index of the first step on the page
/// @param parts how many parts of the conversation were loaded, one behind the other
/// @param spans how many the page was made of
record RunSeen(String view, int first, int parts, int spans) {
  static final String CONVERSATION = "conversation";

  /// The last so many are told of: what they show has to fit into an address.
  private static final int PARTS_MAX = 2;

  private static final String RUN = "run";

  static RunSeen of(PageRequest request) {
    String view = request.parameter("view");
    return new RunSeen(
        view == null ? CONVERSATION : view,
        number(request, "from", 0),
        Math.max(1, number(request, "parts", 1)),
        number(request, "spans", 0));
  }

  /// The address of the feed of a page in a view; of a conversation, the parts that are loaded say
  /// themselves what they show.
  ///
  /// @param from index of the first step on it
  static String feed(String base, String view, Run run, int from) {
    Shown shown = Shown.fresh();
    takes(shown, run);
    PageUrl feed = PageUrl.of("/live" + base);
    return shown.in(
        (view.equals(CONVERSATION)
                ? feed.with("from", String.valueOf(from))
                : feed.with("view", view).with("spans", String.valueOf(run.spans())))
            .toString());
  }

  /// @return whether the run stood otherwise when the page was made
  static boolean takes(Shown shown, Run run) {
    return shown.takes(RUN, run);
  }

  boolean talking() {
    return view.equals(CONVERSATION);
  }

  /// Index of the first step that the feed tells of.
  int from() {
    return first + Math.max(0, parts - PARTS_MAX) * RunPages.STEPS_MAX;
  }

  /// How many steps the page may have from there.
  int stepsMax() {
    return Math.min(parts, PARTS_MAX) * RunPages.STEPS_MAX;
  }

  private static int number(PageRequest request, String name, int otherwise) {
    String given = request.parameter(name);
    return given != null && given.matches("\\d{1,7}") ? Integer.parseInt(given) : otherwise;
  }
}
