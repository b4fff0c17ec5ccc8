// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import dev.steward.server.doctor.Finding;
import dev.steward.server.doctor.ServerExam;
import dev.steward.server.doctor.WayRoundExam;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `steward doctor`: what is set up, what is not, and what to do next.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Says what is set up, what is not, what to do next, and whether an agent that runs here"
            + " could go round the gateway. Exit code 1 when something is wrong.")
public final class DoctorCommand implements Callable<Integer> {
  /// What a table cell shows; a cause and its remedy are never cut short.
  private static final int CELL_MAX = 60;

  @Mixin private ServerOptions server = new ServerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(new ServerExam(server.connect()).findings());
    findings.addAll(new WayRoundExam(System.getenv()).findings());
    Table table = new Table("", "WHAT", "SAW", "NEXT");
    for (Finding finding : findings) {
      String state = finding.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.row(state, finding.what(), finding.saw(), finding.next());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    for (Finding finding : findings) {
      if (finding.state() == Finding.State.WRONG && finding.saw().length() > CELL_MAX) {
        out.printf("%n%s: %s%n", finding.what(), finding.saw());
      }
    }
    out.flush();
    boolean wrong = findings.stream().anyMatch(f -> f.state() == Finding.State.WRONG);
    return wrong ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }
}
