// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import dev.steward.server.approval.ApprovalsCommand;
import dev.steward.server.approval.ApproveCommand;
import dev.steward.server.approval.DenyCommand;
import dev.steward.server.cli.BackupCommand;
import dev.steward.server.cli.DemoCommand;
import dev.steward.server.cli.DoctorCommand;
import dev.steward.server.cli.Failures;
import dev.steward.server.cli.RestoreCommand;
import dev.steward.server.cli.RootCommand;
import dev.steward.server.cli.UpCommand;
import dev.steward.server.cli.VerifyCommand;
import dev.steward.server.cli.WarmUpCommand;
import dev.steward.server.command.ApplyCommand;
import dev.steward.server.command.BudgetsCommand;
import dev.steward.server.command.DeleteCommand;
import dev.steward.server.command.DiffCommand;
import dev.steward.server.command.GetCommand;
import dev.steward.server.command.HoldsCommand;
import dev.steward.server.command.ImportCommand;
import dev.steward.server.command.KeysCommand;
import dev.steward.server.command.KillCommand;
import dev.steward.server.command.KillsCommand;
import dev.steward.server.command.SecretsCommand;
import dev.steward.server.command.ToolsCommand;
import dev.steward.server.command.TopUpCommand;
import dev.steward.server.policy.PolicyCommand;
import dev.steward.server.runs.CostCommand;
import dev.steward.server.runs.OutcomeCommand;
import dev.steward.server.runs.RunCommand;
import dev.steward.server.runs.RunsCommand;
import java.lang.reflect.Method;
import picocli.AutoComplete;
import picocli.CommandLine;

/// The program `steward`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commands().execute(arguments));
  }

  /// The root command with every subcommand.
  public static CommandLine commands() {
    return helped(
        new CommandLine(new RootCommand())
            .addSubcommand(new UpCommand())
            .addSubcommand(new DemoCommand())
            .addSubcommand(new ApplyCommand())
            .addSubcommand(new DiffCommand())
            .addSubcommand(new GetCommand())
            .addSubcommand(new DeleteCommand())
            .addSubcommand(new KeysCommand())
            .addSubcommand(new HoldsCommand())
            .addSubcommand(new KillCommand())
            .addSubcommand(new KillsCommand())
            .addSubcommand(new ApprovalsCommand())
            .addSubcommand(new ApproveCommand())
            .addSubcommand(new DenyCommand())
            .addSubcommand(new SecretsCommand())
            .addSubcommand(new ToolsCommand())
            .addSubcommand(new PolicyCommand())
            .addSubcommand(new CostCommand())
            .addSubcommand(new BudgetsCommand())
            .addSubcommand(new TopUpCommand())
            .addSubcommand(new OutcomeCommand())
            .addSubcommand(new RunsCommand())
            .addSubcommand(new RunCommand())
            .addSubcommand(new ImportCommand())
            .addSubcommand(new VerifyCommand())
            .addSubcommand(new BackupCommand())
            .addSubcommand(new RestoreCommand())
            .addSubcommand(new DoctorCommand())
            .addSubcommand(completion())
            .addSubcommand(new WarmUpCommand())
            .setExecutionExceptionHandler(new Failures()));
  }

  private static CommandLine completion() {
    CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
    completion.getCommandSpec().name("completion");
    return completion;
  }

  /// Every command explains itself, whatever it requires otherwise. One that is a method says so in
  /// its annotation: options added from outside would be taken for its arguments.
  private static CommandLine helped(CommandLine command) {
    if (!(command.getCommandSpec().userObject() instanceof Method)) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(Main::helped);
    return command;
  }
}
