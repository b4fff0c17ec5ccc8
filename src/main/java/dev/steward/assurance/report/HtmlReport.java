// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.report;

/// A report as one HTML document without scripts, for the screen and for paper. On paper a source
/// is its address.
final class HtmlReport {
  private final StringBuilder text = new StringBuilder();
  private boolean listed;

  String of(Report report) {
    begin(words(report.title()));
    for (Report.Part part : report.parts()) {
      list(part instanceof Report.Sentence);
      switch (part) {
        case Report.Heading heading ->
            text.append("<h2>").append(words(heading.text())).append("</h2>\n");
        case Report.Sentence sentence -> write(sentence);
        case Report.Remark remark ->
            text.append("<p>").append(words(remark.text())).append("</p>\n");
      }
    }
    list(false);
    return text.append("</body>\n</html>\n").toString();
  }

  private void begin(String title) {
    text.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; line-height: 1.25; }
        h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; break-after: avoid; }
        ul { padding-left: 1.1rem; margin: 0; }
        li { margin: .3rem 0; break-inside: avoid; }
        .of { font-size: .8rem; opacity: .75; }
        @media print { body { font-size: 10.5pt; margin: 0; max-width: none; } a { color: inherit; text-decoration: none; } }
        </style>
        </head>
        <body>
        <h1>%1$s</h1>
        """
            .formatted(title));
  }

  private void list(boolean wanted) {
    if (wanted != listed) {
      text.append(wanted ? "<ul>\n" : "</ul>\n");
      listed = wanted;
    }
  }

  private void write(Report.Sentence sentence) {
    text.append("<li><bdi>").append(words(sentence.text())).append("</bdi> <span class=\"of\">");
    String joint = "";
    for (Source source : sentence.sources()) {
      text.append(joint)
          .append("<a href=\"/")
          .append(words(source.page()))
          .append("\">")
          .append(words(source.words()))
          .append("</a>");
      joint = ", ";
    }
    text.append("</span></li>\n");
  }

  private static String words(String written) {
    return Report.flat(written)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
