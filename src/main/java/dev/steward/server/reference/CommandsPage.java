// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reference;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The page `docs/reference/cli.md`, written from the commands themselves.
public final class CommandsPage {
  private CommandsPage() {}

  public static String markdown(CommandLine commands) {
    StringBuilder page = new StringBuilder("# Commands\n\n");
    page.append("Written from the program by `make reference`. ");
    page.append(
        "Exit codes: 0 done, 1 the check said no, 2 wrong use, 3 no server could be reached.\n");
    for (CommandLine command : shown(commands)) {
      page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n");
      page.append("```\n");
      usage(command).lines().map(String::stripTrailing).forEach(l -> page.append(l).append('\n'));
      page.append("```\n");
    }
    return page.toString();
  }

  private static String usage(CommandLine command) {
    return command.getUsageMessage(Ansi.OFF);
  }

  private static List<CommandLine> shown(CommandLine parent) {
    List<CommandLine> all = new ArrayList<>();
    for (CommandLine child : parent.getSubcommands().values()) {
      if (!child.getCommandSpec().usageMessage().hidden()) {
        all.add(child);
        all.addAll(shown(child));
      }
    }
    return all;
  }
}
