// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ingest;

import dev.steward.console.chart.Chart;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import java.util.List;

/// The way of spans into the store.
///
/// @param done what a form has just done, "" for nothing
/// @param sum the counts with their signs
/// @param facts how it is doing, name by name
/// @param trouble why nothing is loaded at the moment, "" when all is well
/// @param chart spans accepted by minute
/// @param since how long arrivals have been counted
/// @param acts whether the reader may retry and drop
/// @param downloads whether the reader may take away what a letter holds
/// @param dropWords what the button that drops says
public record IngestPage(
    Frame frame,
    Mark mark,
    String lede,
    String done,
    List<Term> sum,
    String lag,
    List<Fact> facts,
    String trouble,
    Chart chart,
    String since,
    List<Sender> senders,
    List<Letter> letters,
    String lettersCount,
    boolean acts,
    boolean downloads,
    String retryWords,
    String dropWords,
    String setup,
    String grpcPort) {

  /// One number of the equation.
  ///
  /// @param sign before it, "" for the first
  public record Term(String sign, String value, String words, String exact) {}

  /// Who sends.
  ///
  /// @param name of the agent that its key proves, "" for all without a key
  /// @param href its runs, "" for none
  public record Sender(
      String name, String href, String environment, Moment seen, String requests, String spans) {}

  /// A dead letter.
  ///
  /// @param payload address of what it holds
  public record Letter(
      String id, Moment since, String spans, String reason, String size, String payload) {}
}
