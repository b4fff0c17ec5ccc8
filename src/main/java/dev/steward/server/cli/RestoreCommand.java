// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.server.backup.BackupNote;
import dev.steward.server.backup.Restore;
import dev.steward.server.client.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `steward restore`: makes a data folder from a backup.
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Makes the data folder of a server from a backup. The backup stays as it is.")
public final class RestoreCommand implements Callable<Integer> {
  @Option(names = "--from", required = true, paramLabel = "DIR", description = "the backup")
  private Path from = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "the new data folder, missing or empty")
  private Path data = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    BackupNote note = new Restore(from).into(data);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "restored the backup of %s; check it with 'steward verify --data %s', then start it%n",
        note.at(), data);
    out.flush();
    return ExitCode.DONE;
  }
}
