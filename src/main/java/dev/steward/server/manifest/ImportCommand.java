// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Progress;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.imports.ImportFormat;
import dev.steward.server.imports.ImportReport;
import dev.steward.server.imports.OtlpHttpSink;
import dev.steward.server.imports.OtlpJsonReader;
import dev.steward.server.imports.Pause;
import dev.steward.server.imports.RecordedRuns;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.otlp.Acceptance;
import dev.steward.trace.otlp.Accepted;
import dev.steward.trace.otlp.OtlpEncoding;
import dev.steward.trace.otlp.OtlpRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Sends recorded runs to the server as an agent would have sent them.
@Command(
    name = "import",
    description = "Imports recorded runs, or a public price table.",
    subcommands = ImportPricesCommand.class)
public final class ImportCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "otlp, tau-bench, agentdojo or whowhen")
  private @Nullable String format;

  @Option(names = "--key", paramLabel = "KEY", description = "an agent key to send them under")
  private @Nullable String key;

  @Parameters(arity = "0..1", paramLabel = "FILE")
  private @Nullable Path file;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (format == null || file == null) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "give --format otlp|tau-bench|agentdojo|whowhen and a file, or 'import prices FILE'");
    }
    Map<String, String> headers = key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    try (OtlpHttpSink sink =
            new OtlpHttpSink(server.server(), headers, InstantSource.system(), Pause.SLEEP);
        Progress progress = Progress.on(spec.commandLine().getErr(), "runs")) {
      ImportReport report =
          new RecordedRuns(InstantSource.system(), ImportCommand::otlp)
              .send(ImportFormat.of(format), file, sink, so -> progress.show(so.runs(), so.of()));
      output.write(
          spec.commandLine().getOut(),
          JsonMapper.shared().valueToTree(report),
          _ -> inWords(report));
      return report.rejected() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
  }

  private static String inWords(ImportReport report) {
    String sent = "imported %d runs, %d spans%n".formatted(report.runs(), report.spans());
    return report.rejected() == 0
        ? sent
        : sent + "%d spans were refused: %s%n".formatted(report.rejected(), report.message());
  }

  private static OtlpJsonReader.Checked otlp(byte[] json) {
    Accepted accepted = new Acceptance().accept(Signal.TRACES, OtlpEncoding.JSON, json);
    return new OtlpJsonReader.Checked(
        OtlpRequests.traces(accepted.payload()), accepted.rejected(), accepted.message());
  }
}
