// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.guide;

import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.web.PageResponse;
import java.util.List;

/// `/keys`: every key that the pages know.
public final class KeysSection implements Section {

  /// What stands on the page.
  public record KeysPage(Frame frame, List<Group> groups) {}

  /// Keys of one place.
  public record Group(String name, List<Key> keys) {}

  /// @param keys as they are pressed, separated by spaces
  public record Key(String keys, String words) {
    public List<String> each() {
      return List.of(keys.split(" "));
    }
  }

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "Everywhere",
              List.of(
                  new Key("/", "search for a run, agent or id"),
                  new Key("f", "filter what the page lists"),
                  new Key("?", "this page"),
                  new Key("Esc", "leave a field or a dialog"),
                  new Key("Tab", "go on to the next control"))),
          new Group(
              "Lists",
              List.of(
                  new Key("j", "next row"),
                  new Key("k", "row before"),
                  new Key("Enter", "open the chosen row"))),
          new Group(
              "A run",
              List.of(
                  new Key("1", "as a conversation"),
                  new Key("2", "as a waterfall"),
                  new Key("3", "as a graph"),
                  new Key("4", "raw"),
                  new Key("5", "its effects"),
                  new Key("j k", "next step, step before"),
                  new Key("← →", "step by step through time"),
                  new Key("space", "play, pause"))),
          new Group(
              "Charts",
              List.of(
                  new Key("t", "the table behind the chart"),
                  new Key("← →", "along the points, once one has the focus"),
                  new Key("Home End", "first and last point"),
                  new Key("Enter", "what the point summarises"))));

  @Override
  public String segment() {
    return "keys";
  }

  @Override
  public PageResponse get(Visit visit) {
    if (visit.depth() > 0) {
      return visit.notFound();
    }
    Frame frame = visit.pages().framer().single(visit.request(), "Keys", "", List.of(), "");
    return visit.html("keys", new KeysPage(frame, GROUPS));
  }
}
