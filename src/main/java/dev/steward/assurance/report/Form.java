// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.report;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// How a report is written down.
public enum Form {
  MARKDOWN("text/markdown", "md", report -> new MarkdownReport().of(report)),
  /// A document that stands alone, for the screen and for paper.
  HTML("text/html", "html", report -> new HtmlReport().of(report));

  private final String type;
  private final String ending;
  private final Function<Report, String> writer;

  Form(String type, String ending, Function<Report, String> writer) {
    this.type = type;
    this.ending = ending;
    this.writer = writer;
  }

  /// Its media type, in UTF-8.
  public String contentType() {
    return type + "; charset=utf-8";
  }

  /// How the name of a file of it ends, without the dot.
  public String ending() {
    return ending;
  }

  public byte[] of(Report report) {
    return writer.apply(report).getBytes(StandardCharsets.UTF_8);
  }
}
