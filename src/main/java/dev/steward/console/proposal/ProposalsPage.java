// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.proposal;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes that widen what agents may do or spend where they run, and what became of them.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" for nothing
/// @param none what stands there without any
public record ProposalsPage(
    Frame frame,
    String title,
    String lede,
    String done,
    String wrong,
    List<Card> cards,
    @Nullable Empty none) {
  public ProposalsPage {
    cards = List.copyOf(cards);
  }

  /// One of them.
  ///
  /// @param title what it changes, in words
  /// @param course expansion, or mixed
  /// @param widens why it waits
  /// @param narrows what else it would do
  /// @param fields what differs from what is declared, field by field
  /// @param yaml what policies would be previewed with, "" where there is nothing to preview
  /// @param answer who answered and why, "" while it waits
  public record Card(
      String id,
      String href,
      String title,
      Mark mark,
      String course,
      String by,
      Moment at,
      List<String> widens,
      List<String> narrows,
      List<Field> fields,
      String yaml,
      List<Deed> deeds,
      String answer) {
    public Card {
      widens = List.copyOf(widens);
      narrows = List.copyOf(narrows);
      fields = List.copyOf(fields);
      deeds = List.copyOf(deeds);
    }
  }

  /// What differs in one field of one resource.
  public record Field(String resource, String path, String before, String after) {}
}
