// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The keys by which agents prove themselves.
@Command(name = "keys", description = "Issues, lists and revokes the keys of agents.")
public final class KeysCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Issues a key. Its value is shown this once.")
  int issue(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "AGENT") String agent,
      @Option(names = "--environment", required = true, description = "where it holds")
          String environment,
      @Option(names = "--agent-version", description = "a version's digest; else what is in force")
          @Nullable String version) {
    ObjectNode wanted =
        new JsonMapper().createObjectNode().put("agent", agent).put("environment", environment);
    if (version != null) {
      wanted.put("version", version);
    }
    JsonNode issued = server.connect().post("/api/v1/keys", wanted);
    output.write(
        spec.commandLine().getOut(),
        issued,
        key ->
            "%s%nkey %s of %s in %s; it is shown this once%n"
                .formatted(
                    key.path("key").asString(),
                    key.path("id").asString(),
                    key.path("agent").asString(),
                    key.path("environment").asString()));
    return ExitCode.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists keys, without their values.")
  int list(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Option(names = "--agent", description = "only this agent's") @Nullable String agent) {
    JsonNode keys = server.connect().get(new Query("/api/v1/keys").with("agent", agent).toString());
    output.write(spec.commandLine().getOut(), keys, KeysCommand::table);
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Revokes a key; it stops working with the next request.")
  int revoke(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", description = "why, for the ledger") @Nullable String reason) {
    server
        .connect()
        .delete(new Query("/api/v1/keys/" + Percent.encoded(id)).with("reason", reason).toString());
    spec.commandLine().getOut().println("revoked " + id);
    return ExitCode.DONE;
  }

  private static String table(JsonNode answer) {
    Table table = new Table("ID", "AGENT", "ENVIRONMENT", "ISSUED", "REVOKED");
    for (JsonNode key : answer.path("items")) {
      table.row(
          key.path("id").asString(),
          key.path("agent").asString(),
          key.path("environment").asString(),
          key.path("issuedAt").asString(),
          key.path("revokedAt").asString(""));
    }
    return table.isEmpty()
        ? "no keys; issue one with 'steward keys issue AGENT --environment ENVIRONMENT'\n"
        : table.toString();
  }
}
