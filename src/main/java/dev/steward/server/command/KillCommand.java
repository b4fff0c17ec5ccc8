// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
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

/// `steward kill`: stops calls, or drills it.
@Command(
    name = "kill",
    description = {
      "Cuts calls in flight and refuses new ones, until 'steward restore'.",
      "Or drills it: steward kill --drill opens streams of a synthetic agent, kills them, lets a"
          + " provider fail until its circuit opens, and keeps the figures in the ledger."
    })
public final class KillCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "SELECTOR",
      description =
          "everything, or what all calls meant have, such as agent=refunds,environment=production:"
              + " run, conversation, task, version, agent, tool, workflow, model, provider,"
              + " environment, label.NAME")
  private @Nullable String selector;

  @Option(names = "--reason", description = "why, for the ledger")
  private @Nullable String reason;

  @Option(names = "--drill", description = "kills nothing but a synthetic agent, and measures it")
  private boolean drill;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "how many streams a drill opens, 1 to 500; 100 if not said")
  private @Nullable Integer streams;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (drill && selector == null && reason == null) {
      return drill();
    }
    if (drill || streams != null || selector == null || reason == null) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "say what to kill: SELECTOR with --reason, or --drill alone");
    }
    return kill(selector, reason);
  }

  private int drill() {
    ObjectNode wanted = JsonMapper.shared().createObjectNode();
    if (streams != null) {
      wanted.put("streams", streams);
    }
    JsonNode held = server.connect().post("/api/v1/kills/drill", wanted);
    output.write(spec.commandLine().getOut(), held, DrillWords::of);
    for (JsonNode part : held.path("items")) {
      if (!part.path("passed").asBoolean()) {
        return ExitCode.CHECK_FAILED;
      }
    }
    return ExitCode.DONE;
  }

  private int kill(String what, String why) {
    ObjectNode wanted = JsonMapper.shared().createObjectNode().put("reason", why);
    wanted.set("selector", json(Selector.parse(what)));
    JsonNode kill = server.connect().post("/api/v1/kills", wanted);
    output.write(spec.commandLine().getOut(), kill, KillCommand::told);
    return ExitCode.DONE;
  }

  private static JsonNode json(Selector selector) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    if (selector.everything()) {
      return json.put("everything", true);
    }
    for (Part part : selector.parts().keySet()) {
      json.put(part.word(), selector.value(part));
    }
    if (!selector.labels().isEmpty()) {
      ObjectNode labels = json.putObject("labels");
      selector.labels().forEach(labels::put);
    }
    return json;
  }

  private static String told(JsonNode kill) {
    int cut = kill.path("cut").asInt();
    String text =
        "killed %s: %d %s cut, new ones are refused%nrestore with: steward restore %s --reason WHY%n"
            .formatted(
                kill.path("meaning").asString(),
                cut,
                cut == 1 ? "call" : "calls",
                kill.path("id").asString());
    String trouble = kill.path("trouble").asString("");
    if (!trouble.isEmpty()) {
      text +=
          "warning: it blocks, but the ledger could not be written (%s). It is written as soon as that works, and is lost if the server stops before.%n"
              .formatted(trouble);
    }
    return kill.path("secondPerson").asBoolean()
        ? text + "restoring it needs two people%n".formatted()
        : text;
  }
}
