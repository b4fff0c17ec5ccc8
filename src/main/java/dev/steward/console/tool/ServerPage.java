// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.diff.TextDiff;
import dev.steward.console.filter.Choice;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tool server: what it offers beside what was accepted.
///
/// @param done what was just done, "" for nothing
/// @param wrong why nothing was, "" when it was
/// @param open tools that wait to be accepted
/// @param tools all of them
/// @param mayAccept whether the reader may accept them
public record ServerPage(
    Frame frame,
    String name,
    String lede,
    Mark health,
    String done,
    String wrong,
    List<Fact> facts,
    List<Open> open,
    List<Row> tools,
    boolean mayAccept,
    Matrix matrix) {
  public ServerPage {
    facts = List.copyOf(facts);
    open = List.copyOf(open);
    tools = List.copyOf(tools);
  }

  /// A tool that waits to be accepted.
  ///
  /// @param id unique on the page
  /// @param diff to what was accepted, null for a new one
  /// @param definition of a new one
  /// @param findings of the scan of its words
  /// @param objections why it is accepted only on purpose
  /// @param effects to choose from, the proposed one selected
  /// @param proposed why that one is, in words
  /// @param labels as said before
  /// @param digest of the definition that is shown
  public record Open(
      String id,
      String name,
      Mark standing,
      @Nullable TextDiff diff,
      @Nullable Definition definition,
      List<Finding> findings,
      List<String> objections,
      List<Choice> effects,
      String proposed,
      String labels,
      String digest,
      String consequence) {
    public Open {
      findings = List.copyOf(findings);
      objections = List.copyOf(objections);
      effects = List.copyOf(effects);
    }
  }

  /// Something in a definition that may be meant to steer the model.
  public record Finding(Mark weight, String place, String message) {}

  /// What a server says of a tool, readable.
  ///
  /// @param json the whole
  public record Definition(
      String title, String description, List<Argument> arguments, String json) {
    public Definition {
      arguments = List.copyOf(arguments);
    }
  }

  /// One argument that a tool takes.
  ///
  /// @param limits such as `at most 500`, "" for none
  public record Argument(
      String name, String type, boolean required, String description, String limits) {}

  /// One tool.
  ///
  /// @param price of a call, "" where none was said
  /// @param pin digest of the accepted definition, "" where there is none
  /// @param changed when its accepted definition came to be, null where there is none
  public record Row(
      String id,
      String name,
      Mark standing,
      String trouble,
      String effect,
      String labels,
      String price,
      String pin,
      @Nullable Moment changed,
      List<Finding> findings,
      Definition definition) {
    public Row {
      findings = List.copyOf(findings);
    }
  }
}
