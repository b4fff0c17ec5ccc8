// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Of which alerts nobody is told for a while.
@Command(
    name = "silence",
    description = "Lets nobody be told of some alerts for a while; they are shown all the same.")
public final class SilenceCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Silences alerts of a rule, about an agent, or in an environment.")
  int place(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Option(names = "--rule", paramLabel = "NAME", description = "of this AlertRule")
          @Nullable String rule,
      @Option(names = "--agent", paramLabel = "NAME", description = "about this agent")
          @Nullable String agent,
      @Option(names = "--environment", paramLabel = "NAME", description = "in this environment")
          @Nullable String environment,
      @Option(names = "--for", paramLabel = "LENGTH", description = "such as 90s, 30m, 12h or 7d")
          @Nullable String lasting,
      @Option(names = "--until", paramLabel = "TIME", description = "such as 2026-11-21T06:00:00Z")
          @Nullable String until,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    ObjectNode wanted = JsonMapper.shared().createObjectNode();
    wanted.put("rule", rule).put("agent", agent).put("environment", environment);
    wanted.put("lasting", lasting).put("until", until).put("reason", reason);
    output.write(
        spec.commandLine().getOut(),
        server.connect().post("/api/v1/silences", wanted),
        AlertText::silence);
    return ExitCode.DONE;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists silences, those that end last first.")
  int list(@Mixin ServerOptions server, @Mixin Output output) {
    output.write(
        spec.commandLine().getOut(), server.connect().get("/api/v1/silences"), AlertText::silences);
    return ExitCode.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Ends a silence before its time.")
  int lift(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = "the silence's id") String id,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    server
        .connect()
        .delete(
            new Query("/api/v1/silences/" + Percent.encoded(id)).with("reason", reason).toString());
    spec.commandLine().getOut().println("lifted " + id);
    return ExitCode.DONE;
  }
}
