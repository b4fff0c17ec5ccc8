// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import dev.steward.server.doctor.Finding;
import dev.steward.server.doctor.ServerExam;
import dev.steward.server.doctor.WayRoundExam;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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

  private static final String WRONG = word(Finding.State.WRONG);

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ServerExam exam = new ServerExam(server.connect());
    List<Finding> findings = new ArrayList<>(exam.findings());
    findings.addAll(new WayRoundExam(System.getenv(), exam.providers()).findings());
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    ArrayNode items = answer.putArray("findings");
    for (Finding finding : findings) {
      items
          .addObject()
          .put("state", word(finding.state()))
          .put("what", finding.what())
          .put("saw", finding.saw())
          .put("next", finding.next());
    }
    output.write(spec.commandLine().getOut(), answer, DoctorCommand::table);
    boolean wrong = findings.stream().anyMatch(f -> f.state() == Finding.State.WRONG);
    return wrong ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private static String word(Finding.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String table(JsonNode answer) {
    Table table = new Table("", "WHAT", "SAW", "NEXT");
    for (JsonNode finding : answer.path("findings")) {
      table.row(
          finding.path("state").asString(),
          finding.path("what").asString(),
          finding.path("saw").asString(),
          finding.path("next").asString());
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (JsonNode finding : answer.path("findings")) {
      String saw = finding.path("saw").asString();
      if (finding.path("state").asString().equals(WRONG) && saw.length() > CELL_MAX) {
        text.append("%n%s: %s%n".formatted(finding.path("what").asString(), saw));
      }
    }
    return text.toString();
  }
}
