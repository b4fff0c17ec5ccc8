// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.filter.Choice;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of the settings: a table of what there is, and a form for what can be added.
///
/// @param done what a form has just done, "" for nothing
/// @param wrong why a form was refused, "" when it was not
/// @param fresh a secret that is shown this once, null for none
/// @param forms what can be added, empty for a reader who may not
public record SettingsPage(
    Frame frame,
    List<Tab> tabs,
    String title,
    String lede,
    String done,
    String wrong,
    @Nullable Fresh fresh,
    Table table,
    List<Form> forms) {

  /// A page of the settings.
  public record Tab(String words, String href, @Nullable String current) {}

  /// A new secret.
  ///
  /// @param words whose it is, and that it is shown this once
  public record Fresh(String words, String value) {}

  /// @param none what stands there when it has no rows
  public record Table(List<String> heads, List<Row> rows, Empty none) {}

  /// @param gone whether it is not in force any more
  public record Row(List<Cell> cells, boolean gone, @Nullable Deed deed) {}

  /// @param note behind or under the text
  /// @param at a moment instead of a text
  public record Cell(
      String text, String note, Kind kind, @Nullable Mark mark, @Nullable Moment at) {
    /// How a text is shown.
    public enum Kind {
      TEXT,
      MONO,
      ID
    }

    static Cell of(String text) {
      return new Cell(text, "", Kind.TEXT, null, null);
    }

    static Cell of(String text, String note) {
      return new Cell(text, note, Kind.TEXT, null, null);
    }

    static Cell mono(String text) {
      return new Cell(text, "", Kind.MONO, null, null);
    }

    static Cell id(String id) {
      return new Cell(id, "", Kind.ID, null, null);
    }

    static Cell of(Mark mark) {
      return new Cell("", "", Kind.TEXT, mark, null);
    }

    static Cell of(Moment at, String note) {
      return new Cell("", note, Kind.TEXT, null, at);
    }
  }

  /// @param words what its button says
  public record Form(String title, String action, String words, List<Field> fields) {}

  /// @param choices of a choice, empty for a text
  /// @param offered texts that are offered while typing
  public record Field(
      String name,
      String label,
      String hint,
      String value,
      boolean required,
      List<Choice> choices,
      List<String> offered) {
    static Field text(String name, String label, String hint, boolean required) {
      return new Field(name, label, hint, "", required, List.of(), List.of());
    }

    static Field choice(String name, String label, String hint, List<Choice> choices) {
      return new Field(name, label, hint, "", true, choices, List.of());
    }

    Field offering(List<String> texts) {
      return new Field(name, label, hint, value, required, choices, texts);
    }

    Field with(String text) {
      return new Field(name, label, hint, text, required, choices, offered);
    }
  }
}
