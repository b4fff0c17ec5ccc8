// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import dev.steward.server.cli.RootCommand;
import dev.steward.server.cli.UpCommand;
import picocli.CommandLine;

/// The program `steward`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commands().execute(arguments));
  }

  /// The root command with every subcommand.
  static CommandLine commands() {
    return new CommandLine(new RootCommand()).addSubcommand(new UpCommand());
  }
}
