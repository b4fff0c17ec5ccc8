// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.approval;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `steward approvals`: what waits for people.
@Command(
    name = "approvals",
    description = "Lists the calls that wait for people, or shows one whole.")
public final class ApprovalsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "an approval, to see all of it")
  private String id = "";

  @Option(
      names = "--status",
      description = "pending (if not said), approved, denied, expired, used, or all")
  private String status = "pending";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!id.isEmpty()) {
      JsonNode one = server.connect().get("/api/v1/approvals/" + Percent.encoded(id));
      output.write(spec.commandLine().getOut(), one, ApprovalsCommand::page);
      return ExitCode.DONE;
    }
    Query query = new Query("/api/v1/approvals");
    String asked =
        status.equals("all") ? query.toString() : query.with("status", status).toString();
    output.write(spec.commandLine().getOut(), server.connect().get(asked), this::table);
    return ExitCode.DONE;
  }

  private String table(JsonNode answer) {
    Table table = new Table("ID", "STATUS", "WHAT", "ARGUMENTS", "EXPIRES");
    for (JsonNode item : answer.path("items")) {
      JsonNode arguments = item.path("arguments");
      table.row(
          item.path("id").asString(),
          item.path("status").asString(),
          item.path("wish").asString(),
          arguments.isObject() ? shortened(arguments.toString()) : "(not yours to read)",
          item.path("expiresAt").asString());
    }
    return table.isEmpty()
        ? (status.equals("pending") ? "nothing waits for people\n" : "no approvals\n")
        : table.toString();
  }

  private static String page(JsonNode item) {
    StringBuilder page = new StringBuilder();
    line(page, "", item.path("wish").asString());
    line(page, "", item.path("consequence").asString());
    line(page, "status", item.path("status").asString());
    line(page, "arguments", item.path("arguments").toPrettyString());
    line(page, "why", item.path("why").asString(""));
    line(page, "rules", item.path("rules").toString());
    line(page, "policy says", item.path("reason").asString());
    line(page, "run", item.path("run").asString(""));
    line(page, "spent so far", item.path("spent").asString(""));
    line(page, "costs at most", item.path("cost").asString(""));
    line(page, "still needed", item.path("missing").asString());
    line(page, "expires", item.path("expiresAt").asString());
    for (JsonNode answer : item.path("answers")) {
      line(
          page,
          answer.path("answer").asString(),
          answer.path("by").path("id").asString() + " " + answer.path("reason").asString(""));
    }
    line(page, "you", item.path("refusal").asString(""));
    return page.toString();
  }

  private static void line(StringBuilder page, String name, String value) {
    if (!value.isBlank()) {
      page.append(name.isEmpty() ? "" : name + ": ").append(value).append(System.lineSeparator());
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }
}
