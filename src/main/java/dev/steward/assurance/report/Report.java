// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.report;

import java.util.List;

/// A report for people. Its texts are plain: nothing in them is markup, whoever wrote them.
public record Report(String title, List<Part> parts) {
  public Report {
    parts = List.copyOf(parts);
  }

  /// What a report is made of.
  public sealed interface Part permits Heading, Sentence, Remark {}

  public record Heading(String text) implements Part {}

  /// One sentence with its sources.
  ///
  /// @param sources at least one
  public record Sentence(String text, List<Source> sources) implements Part {
    public Sentence {
      sources = List.copyOf(sources);
      if (sources.isEmpty()) {
        throw new IllegalArgumentException("a sentence without a source: " + text);
      }
    }
  }

  /// How the report is to be read; says nothing of what happened.
  public record Remark(String text) implements Part {}

  /// On one line.
  static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
