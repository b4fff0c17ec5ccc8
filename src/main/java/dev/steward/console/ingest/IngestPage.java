// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ingest;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Mark;
import java.util.List;

/// The way of spans into the store.
///
/// @param done what a form has just done, "" for nothing
/// @param sum the counts with their signs
/// @param acts whether the reader may retry and drop
/// @param dropWords what the button that drops says
public record IngestPage(
    Frame frame,
    Mark mark,
    String lede,
    String done,
    List<Term> sum,
    String lag,
    String refused,
    List<Letter> letters,
    String lettersCount,
    boolean acts,
    String retryWords,
    String dropWords,
    String setup) {

  /// One number of the equation.
  ///
  /// @param sign before it, "" for the first
  public record Term(String sign, String value, String words, String exact) {}

  /// A dead letter.
  public record Letter(String id, Moment since, String spans, String reason, String size) {}
}
