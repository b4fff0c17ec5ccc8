// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

/// A document of Markdown while it is written. Words that others wrote stay words: nothing in them
/// is taken for a link, a heading or HTML.
final class Markdown {
  private static final String SPECIAL = "\\`*_[]<>#|~!&";

  private final StringBuilder text = new StringBuilder();

  /// What others wrote, on one line.
  static String words(String written) {
    StringBuilder safe = new StringBuilder();
    for (char c : written.replaceAll("\\s+", " ").strip().toCharArray()) {
      if (SPECIAL.indexOf(c) >= 0) {
        safe.append('\\');
      }
      safe.append(c);
    }
    return safe.toString();
  }

  /// @param page such as `runs/ID`
  static String link(String shown, String page) {
    return "[" + words(shown) + "](/" + page.replace(")", "%29").replace("(", "%28") + ")";
  }

  /// Where a line is told: its page, and its place in the ledger where it has one.
  static String source(StoryLine line) {
    String page = link(line.page(), line.page());
    return line.sequence() < 0 ? page : page + ", " + entry(line.sequence());
  }

  static String entry(long sequence) {
    return link("ledger entry " + sequence, "ledger/" + sequence);
  }

  Markdown heading(int level, String safe) {
    text.append(text.isEmpty() ? "" : "\n");
    text.append("#".repeat(level)).append(' ').append(safe).append('\n');
    text.append(level == 1 ? "" : "\n");
    return this;
  }

  /// One sentence with its source.
  Markdown point(String safe, String source) {
    text.append("- ").append(safe).append(" (").append(source).append(")\n");
    return this;
  }

  Markdown paragraph(String safe) {
    text.append(safe).append("\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
