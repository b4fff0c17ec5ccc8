// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.control.cases.PolicyCase;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.domain.resource.Resource;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.manifest.ManifestsOnDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/// What policies say of calls, before any is made.
@Command(
    name = "policy",
    description =
        "Tests policies by cases, proves what they never allow, and previews what they would have"
            + " made of recorded calls.")
public final class PolicyCommand {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ASKED_AT_ONCE = 500;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Runs the cases of YAML files, against the policies that a file names (files: [...]) or"
              + " else those in force. Exit code 1 means that a case came out otherwise.")
  int test(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
    List<Resource> inForce = List.of();
    for (Path file : files) {
      if (inForce.isEmpty() && !CaseFile.standsAlone(file)) {
        inForce = inForce(server.connect());
      }
    }
    ObjectNode report = JSON.createObjectNode();
    ArrayNode cases = report.putArray("cases");
    int failed = 0;
    for (Path file : files) {
      CaseFile read = CaseFile.read(file, inForce);
      for (PolicyCase.Result result : read.run()) {
        failed += result.passed() ? 0 : 1;
        cases
            .addObject()
            .put("file", file.toString())
            .put("description", result.description())
            .put("passed", result.passed())
            .put("decision", result.decision().tier().word())
            .put("reason", result.decision().grounds().reason())
            .put("wrong", result.wrong());
      }
    }
    report.put("passed", cases.size() - failed).put("failed", failed);
    output.write(spec.commandLine().getOut(), report, PolicyCommand::cases);
    return failed == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Proves \"agent A never calls SERVER/TOOL [without approval] [in environment E]\","
              + " \"agent A never does a money effect ...\", \"agent A never reads label pii ...\","
              + " \"agent A [version V] allows nothing that version W did not\", or with -f"
              + " \"allows nothing new\", whatever conditions say. Exit code 1 means that there is"
              + " a counterexample.")
  int prove(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE|DIR",
              description = "policies as they would be after applying these manifests")
          @Nullable List<Path> files,
      @Option(
              names = "--before",
              paramLabel = "FILE|DIR",
              description =
                  "what -f is compared with: as it would be after applying these instead; what is"
                      + " in force if not said")
          @Nullable List<Path> before,
      @Parameters(arity = "1..*", paramLabel = "STATEMENT") List<String> words) {
    ObjectNode asked = ManifestsOnDisk.body(read(files)).put("statement", String.join(" ", words));
    asked.set("before", ManifestsOnDisk.body(read(before)).path("files"));
    JsonNode proof = server.connect().post("/api/v1/policies/prove", asked);
    output.write(spec.commandLine().getOut(), proof, ProofText::of);
    return proof.path("proved").asBoolean() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Decides anew on the tool calls that were recorded lately, by the policies in force and"
              + " as they would be after applying manifests, and tells which calls would newly be"
              + " denied, allowed or need approval. Nothing is applied.")
  int preview(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE|DIR",
              description = "manifests, taken as if they were applied")
          List<Path> files,
      @Option(
              names = "--days",
              defaultValue = "7",
              paramLabel = "N",
              description =
                  "of the runs that began in the last N days, ${DEFAULT-VALUE} if not said")
          int days) {
    JsonNode preview =
        server
            .connect()
            .post("/api/v1/policies/preview?days=" + days, ManifestsOnDisk.body(read(files)));
    output.write(spec.commandLine().getOut(), preview, PreviewText::of);
    return ExitCode.DONE;
  }

  private static List<ManifestFile> read(@Nullable List<Path> files) {
    List<ManifestFile> manifests = new ArrayList<>();
    for (Path file : files == null ? List.<Path>of() : files) {
      manifests.addAll(Manifests.files(file));
    }
    return manifests;
  }

  /// The policies of the server, and what they are about.
  private static List<Resource> inForce(ServerConnection connection) {
    StringBuilder manifests = new StringBuilder();
    for (String kind : List.of("Policy", "ToolServer", "Agent")) {
      String next = null;
      do {
        JsonNode page =
            connection.get(
                new Query("/api/v1/resources/" + kind)
                    .with("limit", ASKED_AT_ONCE)
                    .with("cursor", next)
                    .toString());
        page.path("items").forEach(item -> manifests.append("---\n").append(item).append('\n'));
        next = page.path("next").isString() ? page.path("next").asString() : null;
      } while (next != null);
    }
    Manifest manifest =
        Manifests.read(List.of(new ManifestFile("the server", manifests.toString())));
    if (!manifest.problems().isEmpty()) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "the server's resources cannot be read here: " + manifest.problems().getFirst());
    }
    return manifest.declarations().stream().map(Declaration::resource).toList();
  }

  private static String cases(JsonNode report) {
    StringBuilder text = new StringBuilder();
    for (JsonNode one : report.path("cases")) {
      boolean passed = one.path("passed").asBoolean();
      text.append(passed ? "ok    " : "WRONG ")
          .append(one.path("description").asString())
          .append(passed ? "" : "%n      %s".formatted(one.path("wrong").asString()))
          .append(System.lineSeparator());
    }
    return text.append(
            "%s passed, %s wrong%n"
                .formatted(report.path("passed").asString(), report.path("failed").asString()))
        .toString();
  }
}
