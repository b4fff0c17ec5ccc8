// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.export;

import java.util.List;

/// Lines of comma-separated values by RFC 4180.
final class CsvText {
  private final StringBuilder text = new StringBuilder();

  /// Adds a line; cells that are a name that somebody chose go through `name` first.
  CsvText line(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
    }
    text.append("\r\n");
    return this;
  }

  /// A text that no spreadsheet takes for a formula.
  static String name(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
