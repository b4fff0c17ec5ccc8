// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.domain.Percent;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.client.ServerOptions;
import java.util.regex.Pattern;
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

/// Moves versions of agents from stage to stage, and back.
@Command(
    name = "release",
    description = {
      "Moves versions of agents from stage to stage, and back.",
      "Exit code 1 means that a gate failed, or that with --wait it was not promoted."
    })
public final class ReleaseCommand {
  private static final String RELEASES = "/api/v1/releases";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Begins to move the version in force in one stage into the next.")
  int start(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Mixin ReleaseWait wait,
      @Parameters(paramLabel = "AGENT") String agent,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "ENVIRONMENT",
              description = "staging, canary, production, or as the agent calls them")
          String to,
      @Option(
              names = "--agent-version",
              paramLabel = "DIGEST",
              description = "refused unless this one is in force in the stage before")
          @Nullable String version,
      @Mixin CanaryOptions canary,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    ObjectNode wanted = reason(reason).put("agent", agent).put("to", to);
    if (version != null) {
      wanted.put("version", version);
    }
    canary.into(wanted);
    ServerConnection connection = server.connect();
    return told(output, wait, connection, connection.post(RELEASES, wanted));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Agrees to a release, and lets one that is held go on.")
  int promote(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Mixin ReleaseWait wait,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    ServerConnection connection = server.connect();
    return told(output, wait, connection, connection.post(path(id) + "/promote", reason(reason)));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Gives another share of the conversations that begin to a canary, and lets one that is"
              + " held go on. Nobody who was assigned is moved.")
  int weight(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(index = "0", paramLabel = "ID") String id,
      @Parameters(index = "1", paramLabel = "SHARE", description = "such as 25%%") String share,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    JsonNode release =
        server.connect().post(path(id) + "/weight", reason(reason).put("weight", share));
    output.write(spec.commandLine().getOut(), release, ReleaseText::release);
    return ExitCode.DONE;
  }

  @Command(
      name = "switch",
      mixinStandardHelpOptions = true,
      description =
          "Switches a blue-green release to its version, or back. Conversations and runs under way"
              + " finish where they began unless they are cut.")
  int change(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--back", description = "to the version that was in force before")
          boolean back,
      @Option(
              names = "--cut",
              description = "ends what is under way; its next call goes to the other version")
          boolean cut,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    ObjectNode wanted = reason(reason).put("back", back).put("cut", cut);
    JsonNode release = server.connect().post(path(id) + "/switch", wanted);
    output.write(spec.commandLine().getOut(), release, ReleaseText::release);
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Tells what the judgement of a canary says, with its numbers.")
  int verdict(
      @Mixin ServerOptions server, @Mixin Output output, @Parameters(paramLabel = "ID") String id) {
    JsonNode said = server.connect().get(path(id) + "/canary");
    output.write(spec.commandLine().getOut(), said, CanaryText::verdict);
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Stops a release where it is, until it is promoted.")
  int hold(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    return end(server, output, path(id) + "/hold", reason);
  }

  @Command(mixinStandardHelpOptions = true, description = "Ends a release for good.")
  int refuse(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    return end(server, output, path(id) + "/refuse", reason);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Puts an earlier version back in force, with the policies, budgets, data sources and"
              + " gates that were pinned with it.")
  int rollback(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "AGENT") String agent,
      @Option(names = "--environment", required = true, paramLabel = "ENVIRONMENT")
          String environment,
      @Option(
              names = "--to",
              paramLabel = "DIGEST",
              description = "which version; the one before if not said")
          @Nullable String to,
      @Option(
              names = "--version-only",
              description = "policies, budgets, data sources and gates stay as they are")
          boolean versionOnly,
      @Option(names = "--preview", description = "tells what it would change, and does nothing")
          boolean preview,
      @Option(names = "--reason", description = "why, for the ledger; not for a preview")
          @Nullable String reason) {
    if (preview) {
      String query =
          new Query(RELEASES + "/rollback")
              .with("agent", agent)
              .with("environment", environment)
              .with("version", to)
              .toString();
      output.write(spec.commandLine().getOut(), server.connect().get(query), ReleaseText::rollback);
      return ExitCode.DONE;
    }
    if (reason == null) {
      throw new CommandFailure(ExitCode.WRONG_USE, "say why with --reason");
    }
    ObjectNode wanted =
        reason(reason)
            .put("agent", agent)
            .put("environment", environment)
            .put("versionOnly", versionOnly);
    if (to != null) {
      wanted.put("version", to);
    }
    JsonNode done = server.connect().post(RELEASES + "/rollback", wanted);
    output.write(spec.commandLine().getOut(), done, ReleaseText::rollback);
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Tells how releases stand: one, an agent's stages, or the newest of all.")
  int status(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(arity = "0..1", paramLabel = "ID|AGENT") @Nullable String what) {
    ServerConnection connection = server.connect();
    if (what == null) {
      output.write(spec.commandLine().getOut(), connection.get(RELEASES), ReleaseText::list);
    } else if (ID.matcher(what).matches()) {
      output.write(spec.commandLine().getOut(), connection.get(path(what)), ReleaseText::release);
    } else {
      String query = new Query(RELEASES + "/stages").with("agent", what).toString();
      output.write(spec.commandLine().getOut(), connection.get(query), ReleaseText::stages);
    }
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Reports how a check of a version ended, for the gates that ask for it.")
  int report(
      @Mixin ServerOptions server,
      @Parameters(index = "0", paramLabel = "AGENT") String agent,
      @Parameters(index = "1", paramLabel = "CHECK") String check,
      @Option(names = "--failed", description = "it failed; it passed if not said") boolean failed,
      @Option(
              names = "--agent-version",
              paramLabel = "DIGEST",
              description = "of which version; the one declared last if not said")
          @Nullable String version,
      @Option(names = "--note", description = "such as a link to the build")
          @Nullable String note) {
    ObjectNode told =
        JsonMapper.shared()
            .createObjectNode()
            .put("agent", agent)
            .put("check", check)
            .put("passed", !failed)
            .put("version", version)
            .put("note", note);
    server.connect().post(RELEASES + "/checks", told);
    spec.commandLine()
        .getOut()
        .println("reported that " + check + (failed ? " failed" : " passed"));
    return ExitCode.DONE;
  }

  private int told(Output output, ReleaseWait wait, ServerConnection connection, JsonNode release) {
    JsonNode last = wait.until(release, () -> connection.get(path(release.path("id").asString())));
    output.write(spec.commandLine().getOut(), last, ReleaseText::release);
    return wait.code(last);
  }

  private int end(ServerOptions server, Output output, String path, String reason) {
    JsonNode release = server.connect().post(path, reason(reason));
    output.write(spec.commandLine().getOut(), release, ReleaseText::release);
    return ExitCode.DONE;
  }

  private static String path(String id) {
    return RELEASES + "/" + Percent.encoded(id);
  }

  private static ObjectNode reason(String reason) {
    return JsonMapper.shared().createObjectNode().put("reason", reason);
  }
}
