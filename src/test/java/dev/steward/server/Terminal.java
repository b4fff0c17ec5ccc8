// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// A person's terminal: runs a command of the program and keeps what it said.
public final class Terminal {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /// The exit code.
  public int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commands = Main.commandsFor(words);
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    return commands.execute(words);
  }

  public String said() {
    return out.toString();
  }

  public String complained() {
    return err.toString();
  }
}
