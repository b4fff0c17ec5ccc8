// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.report;

import java.nio.charset.StandardCharsets;

/// How a report is written down.
public enum Form {
  MARKDOWN("text/markdown", "md"),
  /// A document that stands alone, for the screen and for paper.
  HTML("text/html", "html");

  private final String type;
  private final String ending;

  Form(String type, String ending) {
    this.type = type;
    this.ending = ending;
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
    String text =
        switch (this) {
          case MARKDOWN -> new MarkdownReport().of(report);
          case HTML -> new HtmlReport().of(report);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
