// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import static java.util.Map.entry;

import dev.steward.server.alert.AlertCommand;
import dev.steward.server.alert.AlertsCommand;
import dev.steward.server.alert.SilenceCommand;
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
import dev.steward.server.command.BudgetsCommand;
import dev.steward.server.command.HoldsCommand;
import dev.steward.server.command.KeysCommand;
import dev.steward.server.command.KillCommand;
import dev.steward.server.command.KillsCommand;
import dev.steward.server.command.SecretsCommand;
import dev.steward.server.command.ToolsCommand;
import dev.steward.server.command.TopUpCommand;
import dev.steward.server.drift.BaselineCommand;
import dev.steward.server.drift.DriftCommand;
import dev.steward.server.incident.IncidentCommand;
import dev.steward.server.incident.IncidentsCommand;
import dev.steward.server.manifest.ApplyCommand;
import dev.steward.server.manifest.DeleteCommand;
import dev.steward.server.manifest.DiffCommand;
import dev.steward.server.manifest.GetCommand;
import dev.steward.server.manifest.ImportCommand;
import dev.steward.server.policy.PolicyCommand;
import dev.steward.server.proposal.AcceptCommand;
import dev.steward.server.proposal.ProposalsCommand;
import dev.steward.server.proposal.RejectCommand;
import dev.steward.server.release.ReleaseCommand;
import dev.steward.server.release.TimelineCommand;
import dev.steward.server.runs.CostCommand;
import dev.steward.server.runs.FeedbackCommand;
import dev.steward.server.runs.OutcomeCommand;
import dev.steward.server.runs.RunCommand;
import dev.steward.server.runs.RunsCommand;
import dev.steward.server.signal.SignalsCommand;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;

/// The program `steward`.
public final class Main {
  private static final List<Map.Entry<String, Supplier<Object>>> COMMANDS =
      List.of(
          entry("up", UpCommand::new),
          entry("demo", DemoCommand::new),
          entry("apply", ApplyCommand::new),
          entry("diff", DiffCommand::new),
          entry("get", GetCommand::new),
          entry("delete", DeleteCommand::new),
          entry("keys", KeysCommand::new),
          entry("holds", HoldsCommand::new),
          entry("kill", KillCommand::new),
          entry("kills", KillsCommand::new),
          entry("approvals", ApprovalsCommand::new),
          entry("approve", ApproveCommand::new),
          entry("deny", DenyCommand::new),
          entry("proposals", ProposalsCommand::new),
          entry("accept", AcceptCommand::new),
          entry("reject", RejectCommand::new),
          entry("secrets", SecretsCommand::new),
          entry("tools", ToolsCommand::new),
          entry("policy", PolicyCommand::new),
          entry("release", ReleaseCommand::new),
          entry("timeline", TimelineCommand::new),
          entry("baseline", BaselineCommand::new),
          entry("drift", DriftCommand::new),
          entry("signals", SignalsCommand::new),
          entry("alerts", AlertsCommand::new),
          entry("alert", AlertCommand::new),
          entry("silence", SilenceCommand::new),
          entry("incidents", IncidentsCommand::new),
          entry("incident", IncidentCommand::new),
          entry("cost", CostCommand::new),
          entry("budgets", BudgetsCommand::new),
          entry("top-up", TopUpCommand::new),
          entry("feedback", FeedbackCommand::new),
          entry("outcome", OutcomeCommand::new),
          entry("runs", RunsCommand::new),
          entry("run", RunCommand::new),
          entry("import", ImportCommand::new),
          entry("verify", VerifyCommand::new),
          entry("backup", BackupCommand::new),
          entry("restore", RestoreCommand::new),
          entry("doctor", DoctorCommand::new),
          entry("completion", Main::completion),
          entry("warm-up", WarmUpCommand::new));

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandsFor(arguments).execute(arguments));
  }

  /// The root command with every subcommand.
  public static CommandLine commands() {
    return rootWith(COMMANDS);
  }

  /// The root command with the one subcommand that is asked for, or with all where none is named:
  /// reading the options of all of them takes a quarter of the time in which a server is ready.
  static CommandLine commandsFor(String... arguments) {
    return rootWith(
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && command.getKey().equals(arguments[0]))
            .findFirst()
            .filter(command -> !command.getKey().equals("completion"))
            .map(List::of)
            .orElse(COMMANDS));
  }

  private static CommandLine rootWith(List<Map.Entry<String, Supplier<Object>>> commands) {
    CommandLine root = new CommandLine(new RootCommand());
    commands.forEach(command -> root.addSubcommand(command.getKey(), command.getValue().get()));
    return helped(root.setExecutionExceptionHandler(new Failures()));
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
