// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What people do about an incident.
@Command(name = "incident", description = "Opens an incident, shows it, and says how it stands.")
public final class IncidentCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Opens an incident, and puts a legal hold on it and on each of its runs. The agents of"
              + " its runs and of its alarm belong to it.")
  int open(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "TITLE", description = "what went wrong, in one line") String title,
      @Option(
              names = "--severity",
              required = true,
              paramLabel = "WORD",
              description = "critical, major or minor")
          String severity,
      @Option(
              names = "--agent",
              paramLabel = "AGENT[@ENVIRONMENT]",
              description = "an agent that it is about; may be repeated")
          String @Nullable [] agents,
      @Option(
              names = "--run",
              paramLabel = "ID",
              description = "a run that it is about; may be repeated")
          String @Nullable [] runs,
      @Option(names = "--alarm", paramLabel = "ID", description = "the alarm of drift behind it")
          @Nullable String alarm,
      @Option(
              names = "--began",
              paramLabel = "TIME",
              description = "such as 2026-11-21T06:00:00Z; else when its alarm began, else now")
          @Nullable String began,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    ObjectNode wanted = JsonMapper.shared().createObjectNode();
    wanted.put("title", title).put("severity", severity).put("reason", reason);
    wanted.put("cause", alarm).put("began", began);
    ArrayNode about = wanted.putArray("agents");
    for (String agent : given(agents)) {
      int at = agent.indexOf('@');
      about
          .addObject()
          .put("agent", at < 0 ? agent : agent.substring(0, at))
          .put("environment", at < 0 ? "" : agent.substring(at + 1));
    }
    ArrayNode named = wanted.putArray("runs");
    for (String run : given(runs)) {
      named.add(run);
    }
    return write(output, server.connect().post("/api/v1/incidents", wanted));
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows one incident with its notes.")
  int show(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "the incident's id") String id) {
    return write(output, server.connect().get(path(id, "")));
  }

  @Command(mixinStandardHelpOptions = true, description = "Adds words to an incident.")
  int note(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(index = "0", paramLabel = "ID", description = "the incident's id") String id,
      @Parameters(index = "1", paramLabel = "TEXT", description = "what to add") String text) {
    ObjectNode wanted = JsonMapper.shared().createObjectNode().put("text", text);
    return write(output, server.connect().post(path(id, "/notes"), wanted));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Says how an incident stands from now on; one that is resolved stays so.")
  int change(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "the incident's id") String id,
      @Option(names = "--severity", paramLabel = "WORD", description = "critical, major or minor")
          @Nullable String severity,
      @Option(names = "--commander", paramLabel = "NAME", description = "the person who leads")
          @Nullable String commander,
      @Option(names = "--status", paramLabel = "WORD", description = "open, contained or resolved")
          @Nullable String status,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    ObjectNode wanted = JsonMapper.shared().createObjectNode();
    wanted.put("severity", severity).put("commander", commander);
    wanted.put("status", status).put("reason", reason);
    return write(output, server.connect().post(path(id, "/change"), wanted));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows what happened around an incident, with the source of every line.")
  int timeline(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "the incident's id") String id) {
    JsonNode story = server.connect().get(path(id, "/timeline"));
    output.write(spec.commandLine().getOut(), story, IncidentText::timeline);
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Writes the report of an incident, as Markdown or as HTML to print.")
  int report(
      @Mixin ServerOptions server,
      @Option(
              names = "--format",
              paramLabel = "FORM",
              defaultValue = "markdown",
              description = "markdown (the usual) or html")
          String format,
      @Parameters(paramLabel = "ID", description = "the incident's id") String id) {
    byte[] report =
        server.connect().download(new Query(path(id, "/report")).with("format", format).toString());
    spec.commandLine().getOut().print(new String(report, StandardCharsets.UTF_8));
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Gives out the report of an incident with its proofs, for `steward verify --bundle`; that"
              + " it was given out stands in the ledger.")
  int bundle(
      @Mixin ServerOptions server,
      @Parameters(index = "0", paramLabel = "ID", description = "the incident's id") String id,
      @Parameters(index = "1", paramLabel = "FILE", description = "a zip that is written")
          Path file)
      throws IOException {
    byte[] bundle = server.connect().postForBody(path(id, "/bundle"));
    Files.write(file, bundle);
    spec.commandLine().getOut().printf("%s: %,d bytes%n", file, bundle.length);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private int write(Output output, JsonNode incident) {
    output.write(spec.commandLine().getOut(), incident, IncidentText::one);
    return ExitCode.DONE;
  }

  static String path(String id, String more) {
    return "/api/v1/incidents/" + Percent.encoded(id) + more;
  }

  private static String[] given(String @Nullable [] words) {
    return words == null ? new String[0] : words;
  }
}
