// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.filter.Choice;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Mark;
import dev.steward.console.web.Reader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands around a page.
///
/// @param title of the page and its last crumb
/// @param crumbs the way here, without the page itself
/// @param environments choices of the environment switch
/// @param ranges choices of the time range, empty where a page has none
/// @param kept parameters that the switches send along, so that they change nothing else
/// @param theme light or dark, null to follow the system
/// @param live address of the page's live feed, "" when nothing on it is live
/// @param assets address of each static file by its name
/// @param fragment whether only the main part is wanted
public record Frame(
    String title,
    List<Crumb> crumbs,
    List<NavItem> nav,
    PageUrl url,
    Moments moments,
    List<Choice> environments,
    List<Choice> ranges,
    Map<String, String> kept,
    LedgerMark ledger,
    @Nullable Reader reader,
    String csrf,
    @Nullable String theme,
    String live,
    Map<String, String> assets,
    boolean fragment) {
  private static final int BAR_MAX = 5;

  /// The state of the ledger at the foot of the rail.
  public record LedgerMark(Mark mark, String size, String words) {}

  /// Two letters for the reader's disc.
  public String initials() {
    if (reader == null) {
      return "";
    }
    String[] names = reader.name().strip().split("[\\s@._-]+", -1);
    String first = names.length > 0 && !names[0].isEmpty() ? names[0].substring(0, 1) : "?";
    String second = names.length > 1 && !names[1].isEmpty() ? names[1].substring(0, 1) : "";
    return (first + second).toUpperCase(java.util.Locale.ROOT);
  }

  /// What the bottom bar shows: all, or the first four and what is behind More.
  public List<NavItem> barNav() {
    return nav.size() <= BAR_MAX ? nav : nav.subList(0, BAR_MAX - 1);
  }

  public List<NavItem> moreNav() {
    return nav.size() <= BAR_MAX ? List.of() : nav.subList(BAR_MAX - 1, nav.size());
  }

  /// "page" when this page is behind More, else null.
  public @Nullable String moreCurrent() {
    return moreNav().stream().anyMatch(item -> item.current() != null) ? "page" : null;
  }

  /// The address of a static file.
  public String asset(String name) {
    String path = assets.get(name);
    if (path == null) {
      throw new IllegalArgumentException("no static file is named " + name);
    }
    return path;
  }

  /// The same with another live feed.
  public Frame withLive(String address) {
    return with(environments, address);
  }

  /// The same for a page on which environments make no difference.
  public Frame withoutEnvironments() {
    return with(List.of(), live);
  }

  private Frame with(List<Choice> otherEnvironments, String otherLive) {
    return new Frame(
        title,
        crumbs,
        nav,
        url,
        moments,
        otherEnvironments,
        ranges,
        kept,
        ledger,
        reader,
        csrf,
        theme,
        otherLive,
        assets,
        fragment);
  }
}
