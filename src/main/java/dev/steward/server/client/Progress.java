// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/// A bar that shows how far long work has come; silent where nobody watches a terminal.
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final String unit;
  private final boolean watched;
  private long shown = -1;

  private Progress(PrintWriter out, String unit, boolean watched) {
    this.out = out;
    this.unit = unit;
    this.watched = watched;
  }

  public static Progress on(PrintWriter out, String unit) {
    return new Progress(
        out, unit, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  public void show(long done, long of) {
    long percent = of == 0 ? 100 : Math.min(100, done * 100 / of);
    if (!watched || percent == shown) {
      return;
    }
    shown = percent;
    int filled = (int) (WIDTH * percent / 100);
    out.printf(
        "\r[%s%s] %3d %%  %d of %d %s",
        "=".repeat(filled), " ".repeat(WIDTH - filled), percent, done, of, unit);
    out.flush();
  }

  @Override
  public void close() {
    if (shown >= 0) {
      out.println();
      out.flush();
    }
  }
}
