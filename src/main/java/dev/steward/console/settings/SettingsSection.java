// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.settings.SettingsArea.Done;
import dev.steward.console.settings.SettingsPage.Tab;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `/settings`: one page for each kind of thing that is set.
public final class SettingsSection implements Section {
  private final List<SettingsArea> areas;

  public SettingsSection(ConsoleViews views, Pages pages) {
    RandomGenerator random = views.random();
    areas =
        List.of(
            new Appearance(),
            new People(views.control(), pages.framer()),
            new Keys(views.control(), random, pages.framer()),
            new Tokens(views.control(), random, pages.framer()),
            new Providers(views.control(), views.live().secrets(), pages.framer()),
            new Channels(views.control(), views.live().courier(), pages.framer()),
            new Holds(views.control(), random, pages.framer()),
            new InForce(views.settings()));
  }

  @Override
  public String segment() {
    return "settings";
  }

  @Override
  public PageResponse get(Visit visit) {
    if (visit.depth() > 1) {
      return visit.notFound();
    }
    Optional<SettingsArea> area = area(visit.depth() == 0 ? "" : visit.path().getFirst());
    if (area.isEmpty()) {
      return visit.notFound();
    }
    return area.get().opensTo(visit.reader())
        ? visit.html("settings", page(visit, area.get(), Done.of(""), ""))
        : visit
            .pages()
            .failures()
            .needs(
                visit.request(),
                "the settings of " + area.get().word().toLowerCase(java.util.Locale.ROOT),
                area.get().needs());
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 2) {
      return visit.notFound();
    }
    String name = visit.path().getFirst();
    Optional<SettingsArea> found = area(name.equals("appearance") ? "" : name);
    if (found.isEmpty() || !found.get().opensTo(visit.reader())) {
      return visit.notFound();
    }
    SettingsArea area = found.get();
    try {
      Done done = area.act(visit, visit.path().get(1));
      PageResponse.Html html =
          new PageResponse.Html(200, render(visit, page(visit, area, done, "")));
      return done.cookie().isEmpty() ? html : html.with("Set-Cookie", done.cookie());
    } catch (ApiException e) {
      String wrong = String.valueOf(e.getMessage());
      return new PageResponse.Html(
          e.code().httpStatus(), render(visit, page(visit, area, Done.of(""), wrong)));
    }
  }

  private static String render(Visit visit, SettingsPage page) {
    return visit.pages().templates().render("settings", page);
  }

  private Optional<SettingsArea> area(String segment) {
    return areas.stream().filter(area -> area.segment().equals(segment)).findFirst();
  }

  private SettingsPage page(Visit visit, SettingsArea area, Done done, String wrong) {
    boolean first = area.segment().isEmpty();
    Frame frame =
        visit
            .pages()
            .framer()
            .single(
                visit.request(),
                area.word(),
                "settings",
                first ? List.of() : List.of(new Crumb("Settings", "/settings")),
                "");
    List<Tab> tabs =
        areas.stream()
            .filter(a -> a.opensTo(visit.reader()))
            .map(a ->
                new Tab(
                    a.word(),
                    a.segment().isEmpty() ? "/settings" : "/settings/" + a.segment(),
                    a == area ? "page" : null))
            .toList();
    SettingsArea.Content content = area.content(visit);
    return new SettingsPage(
        frame,
        tabs,
        area.word(),
        content.lede(),
        done.words(),
        wrong,
        done.fresh(),
        content.table(),
        content.forms());
  }
}
