// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.filter.Choice;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.settings.SettingsPage.Field;
import dev.steward.console.settings.SettingsPage.Form;
import dev.steward.console.settings.SettingsPage.Table;
import dev.steward.console.web.Reader;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/// How the pages look to this reader, kept in their browser.
final class Appearance implements SettingsArea {
  private static final String KEPT = "; Path=/; Max-Age=31536000; SameSite=Lax";

  @Override
  public String segment() {
    return "";
  }

  @Override
  public String word() {
    return "Settings";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return true;
  }

  @Override
  public Content content(Visit visit) {
    String zone = visit.request().cookies().getOrDefault("zone", "");
    String chosen = zone.endsWith("!") ? zone.substring(0, zone.length() - 1) : "";
    String theme = visit.request().cookies().getOrDefault("theme", "");
    Form colours =
        new Form(
            "Light or dark",
            "/settings/appearance/theme",
            "Keep this theme",
            List.of(Field.choice("theme", "Theme", "", themes(theme))));
    Form form =
        new Form(
            "Times",
            "/settings/appearance/zone",
            "Show times in this zone",
            List.of(
                Field.text(
                        "zone",
                        "Time zone",
                        "Such as Europe/Berlin or UTC; empty for that of the browser",
                        false)
                    .with(chosen)
                    .offering(
                        ZoneId.getAvailableZoneIds().stream()
                            .filter(id ->
                                id.matches("(Africa|America|Asia|Australia|Europe|Pacific)/.*|UTC"))
                            .sorted()
                            .toList())));
    return new Content(
        "How the pages look to you. It is kept in this browser, and changes nothing for others.",
        new Table(List.of(), List.of(), Empty.of("", "")),
        List.of(colours, form));
  }

  @Override
  public Done act(Visit visit, String deed) {
    return switch (deed) {
      case "theme" -> theme(visit.field("theme"));
      case "zone" -> zone(visit.field("zone"));
      default -> throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
    };
  }

  private static Done theme(String theme) {
    String known = theme.equals("light") || theme.equals("dark") ? theme : "system";
    String words =
        known.equals("system") ? "The theme follows the system" : "The theme is " + known;
    return new Done(words + " from the next page on.", null, "theme=" + known + KEPT);
  }

  private static Done zone(String zone) {
    if (zone.isEmpty()) {
      return new Done("Times follow the browser's zone.", null, "zone=; Path=/; Max-Age=0");
    }
    try {
      String id = ZoneId.of(zone).getId();
      return new Done("Times are shown in " + id + ".", null, "zone=" + id + "!" + KEPT);
    } catch (DateTimeException e) {
      throw new ApiException(
          ErrorCode.INVALID,
          "There is no time zone '" + zone + "': write one such as Europe/Berlin or UTC.",
          e);
    }
  }

  private static List<Choice> themes(String now) {
    return List.of(
        new Choice("system", "As the system", !now.equals("light") && !now.equals("dark")),
        new Choice("light", "Light", now.equals("light")),
        new Choice("dark", "Dark", now.equals("dark")));
  }
}
