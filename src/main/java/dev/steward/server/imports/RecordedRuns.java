// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.recorded.Benchmark;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/// Imports a file of recorded runs. The whole file is read and checked before the first run is
/// sent, so that a broken one imports nothing; when sending fails, the error says how far it got.
public final class RecordedRuns {
  /// Runs lie this far apart, the last one ending at the full hour before now.
  private static final Duration APART = Duration.ofMinutes(10);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final InstantSource clock;
  private final OtlpJsonReader otlp;

  public RecordedRuns(InstantSource clock, OtlpJsonReader otlp) {
    this.clock = clock;
    this.otlp = otlp;
  }

  /// Sends every run of the file.
  ///
  /// @param progress told after each run
  /// @throws ApiException INVALID when the file is not of the format; or as the sink throws it
  /// @throws IOException when the file cannot be read or the sink reaches nobody
  public ImportReport send(
      ImportFormat format, Path file, ImportSink sink, Consumer<ImportReport> progress)
      throws IOException, InterruptedException {
    Instant end = clock.instant().truncatedTo(ChronoUnit.HOURS);
    int count = check(format, file, end);
    ImportReport report = new ImportReport(0, count, 0, 0, "");
    try (Records records = new Records(file)) {
      while (records.next()) {
        Instant runEnd = end.minus(APART.multipliedBy(count - 1L - report.runs()));
        for (OtlpJsonReader.Checked checked : requests(format, records, runEnd)) {
          report =
              report
                  .plus(
                      checked.refused(),
                      new ImportSink.Receipt(checked.refused(), checked.reason()))
                  .plus(spans(checked.request()), sink.send(checked.request()));
        }
        report = report.nextRun();
        progress.accept(report);
      }
      return report;
    } catch (ApiException e) {
      throw new ApiException(e.code(), e.getMessage() + soFar(file, report), e);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + soFar(file, report), e);
    }
  }

  private int check(ImportFormat format, Path file, Instant end) throws IOException {
    int count = 0;
    try (Records records = new Records(file)) {
      while (records.next()) {
        requests(format, records, end);
        count++;
      }
    }
    if (count == 0) {
      throw records(file, "the file is empty", format);
    }
    return count;
  }

  private List<OtlpJsonReader.Checked> requests(ImportFormat format, Records records, Instant end) {
    try {
      return switch (format) {
        case OTLP -> List.of(otlp.read(JSON.writeValueAsBytes(records.current())));
        case TAU_BENCH -> whole(Benchmark.TAU_BENCH.spans(records.current(), end));
        case AGENTDOJO -> whole(Benchmark.AGENTDOJO.spans(records.current(), end));
        case WHOWHEN -> whole(Benchmark.WHOWHEN.spans(records.current(), end));
      };
    } catch (IllegalArgumentException | ApiException e) {
      throw records(records.place(), String.valueOf(e.getMessage()), format);
    }
  }

  private static List<OtlpJsonReader.Checked> whole(List<ExportTraceServiceRequest> requests) {
    return requests.stream().map(r -> new OtlpJsonReader.Checked(r, 0, "")).toList();
  }

  private static ApiException records(Object place, String cause, ImportFormat format) {
    return new ApiException(
        ErrorCode.INVALID,
        place
            + ": "
            + cause
            + ". Nothing was imported. Repair the file, or give the --format that it has instead of"
            + " "
            + format.word()
            + ".");
  }

  private static String soFar(Path file, ImportReport report) {
    return " %d of the %d runs of %s were imported before; import it again to go on: what is already there counts as a duplicate."
        .formatted(report.runs(), report.of(), file);
  }

  private static long spans(ExportTraceServiceRequest request) {
    return request.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .mapToLong(scope -> scope.getSpansCount())
        .sum();
  }

  /// The JSON values of a file, one after the other, whether each has a line of its own or not.
  private static final class Records implements AutoCloseable {
    private final Path file;
    private final InputStream in;
    private final MappingIterator<JsonNode> values;
    private long line = 1;
    private JsonNode current = NullNode.getInstance();

    Records(Path file) throws IOException {
      this.file = file;
      this.in = Files.newInputStream(file);
      try {
        this.values = JSON.readerFor(JsonNode.class).readValues(in);
      } catch (JacksonException e) {
        in.close();
        throw broken(e);
      }
    }

    boolean next() {
      try {
        if (!values.hasNext()) {
          return false;
        }
      } catch (JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        line = at == null ? line : at.getLineNr();
        throw broken(e);
      }
      line = values.parser().currentTokenLocation().getLineNr();
      try {
        current = values.next();
        return true;
      } catch (JacksonException e) {
        throw broken(e);
      }
    }

    private ApiException broken(JacksonException e) {
      return new ApiException(
          ErrorCode.INVALID,
          place()
              + ": this is no JSON: "
              + e.getOriginalMessage()
              + ". Nothing was imported. Repair the line and import the file again.",
          e);
    }

    JsonNode current() {
      return current;
    }

    String place() {
      return file + ", line " + line;
    }

    @Override
    public void close() throws IOException {
      values.close();
      in.close();
    }
  }
}
