// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Rows in aligned columns, as a person reads them at a terminal.
public final class Table {
  private static final int CELL_WIDTH_MAX = 60;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + rows.getFirst().size() + " heads");
    }
    rows.add(List.of(cells).stream().map(Table::shortened).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.size() == 1;
  }

  @Override
  public String toString() {
    List<Integer> widths = widths();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths.get(column) - cell.length())).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(rows.getFirst().size(), 0));
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths.set(column, Math.max(widths.get(column), row.get(column).length()));
      }
    }
    return widths;
  }

  private static String shortened(String cell) {
    String line = Shown.of(cell.replace('\n', ' '));
    return line.length() <= CELL_WIDTH_MAX ? line : line.substring(0, CELL_WIDTH_MAX - 1) + "…";
  }
}
