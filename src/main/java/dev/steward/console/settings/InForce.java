// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.settings.SettingsPage.Cell;
import dev.steward.console.settings.SettingsPage.Row;
import dev.steward.console.settings.SettingsPage.Table;
import dev.steward.console.view.SettingInForce;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.List;

/// Retention and everything else that the server was started with.
final class InForce implements OperatorsArea {
  private final List<SettingInForce> settings;

  InForce(List<SettingInForce> settings) {
    this.settings = settings;
  }

  @Override
  public String segment() {
    return "server";
  }

  @Override
  public String word() {
    return "Retention and server";
  }

  @Override
  public Content content(Visit visit) {
    List<Row> rows =
        settings.stream()
            .map(s ->
                new Row(
                    List.of(
                        Cell.mono(s.key()),
                        new Cell(
                            s.value().isEmpty() ? "none" : s.value(),
                            s.usual() ? "" : "set",
                            Cell.Kind.MONO,
                            null,
                            null),
                        Cell.of(s.about().replace("`", ""))),
                    false,
                    null))
            .toList();
    return new Content(
        "What the server was started with. To change it, change its configuration file and start it"
            + " again.",
        new Table(List.of("Key", "In force", "What it does"), rows, Empty.of("Nothing is set", "")),
        List.of());
  }

  @Override
  public Done act(Visit visit, String deed) {
    throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
  }
}
