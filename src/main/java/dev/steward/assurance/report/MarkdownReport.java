// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.report;

import java.util.stream.Collectors;

/// A report as Markdown.
final class MarkdownReport {
  private static final String SPECIAL = "\\`*_[]<>#|~!&";

  private final StringBuilder text = new StringBuilder();

  String of(Report report) {
    text.append("# ").append(words(report.title())).append('\n');
    for (Report.Part part : report.parts()) {
      switch (part) {
        case Report.Heading heading ->
            text.append("\n## ").append(words(heading.text())).append("\n\n");
        case Report.Sentence sentence -> write(sentence);
        case Report.Remark remark -> text.append(words(remark.text())).append('\n');
      }
    }
    return text.toString();
  }

  private void write(Report.Sentence sentence) {
    text.append("- ")
        .append(words(sentence.text()))
        .append(
            sentence.sources().stream()
                .map(MarkdownReport::link)
                .collect(Collectors.joining(", ", " (", ")\n")));
  }

  private static String link(Source source) {
    String page = source.page().replace(")", "%29").replace("(", "%28");
    return "[" + words(source.words()) + "](/" + page + ")";
  }

  private static String words(String written) {
    StringBuilder safe = new StringBuilder();
    for (char c : Report.flat(written).toCharArray()) {
      if (SPECIAL.indexOf(c) >= 0) {
        safe.append('\\');
      }
      safe.append(c);
    }
    return safe.toString();
  }
}
