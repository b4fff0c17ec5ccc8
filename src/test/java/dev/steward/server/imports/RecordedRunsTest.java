// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.recorded.RecordedFiles;
import dev.steward.server.recorded.SpanTree;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordedRunsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T10:40:00Z"));

  private final RecordedRuns runs = new RecordedRuns(CLOCK, RecordedRunsTest::read);
  @TempDir Path folder;

  @Test
  void importsTauBenchCompletely() throws Exception {
    InMemorySink sink = new InMemorySink();
    ImportReport report =
        send(ImportFormat.TAU_BENCH, RecordedFiles.existing(RecordedFiles.TAU_BENCH), sink);
    assertThat(report.runs()).isEqualTo(140);
    assertThat(sink.traces()).hasSize(140);
    assertThat(sink.count("invoke_agent")).isEqualTo(140);
    assertThat(sink.count("chat")).isEqualTo(1674);
    assertThat(sink.count("execute_tool")).isEqualTo(751);
    assertThat(sink.failedTools()).isEqualTo(43);
    assertThat(sink.labels("outcome success")).isEqualTo(61);
    assertThat(sink.labels("outcome failure")).isEqualTo(79);
    assertThat(report.spans()).isEqualTo(140 + 1674 + 751);
    assertWhole(sink);
  }

  @Test
  void importsAgentDojoCompletely() throws Exception {
    InMemorySink sink = new InMemorySink();
    ImportReport report =
        send(ImportFormat.AGENTDOJO, RecordedFiles.existing(RecordedFiles.AGENTDOJO), sink);
    assertThat(report.runs()).isEqualTo(341);
    assertThat(sink.traces()).hasSize(341);
    assertThat(sink.count("invoke_agent")).isEqualTo(341);
    assertThat(sink.count("chat")).isEqualTo(1605);
    assertThat(sink.count("execute_tool")).isEqualTo(1447);
    assertThat(sink.labels("injection executed")).isEqualTo(157);
    assertThat(sink.labels("injection resisted")).isEqualTo(112);
    assertThat(sink.labels("outcome success") + sink.labels("outcome failure")).isEqualTo(341);
    assertWhole(sink);
  }

  @Test
  void importsWhoAndWhenCompletely() throws Exception {
    InMemorySink sink = new InMemorySink();
    ImportReport report =
        send(ImportFormat.WHOWHEN, RecordedFiles.existing(RecordedFiles.WHOWHEN), sink);
    assertThat(report.runs()).isEqualTo(106);
    assertThat(sink.traces()).hasSize(106);
    // every recorded step but the first of each run, which is what was asked
    assertThat(sink.count("chat") + sink.count("execute_tool")).isEqualTo(2647 - 106);
    assertThat(sink.labels("outcome failure")).isEqualTo(106);
    assertThat(sink.labelled("decisive mistake")).isEqualTo(106);
    assertThat(sink.requests).allMatch(request -> request.getSerializedSize() < (5 << 20));
    assertWhole(sink);
  }

  @Test
  void importingAgainSendsTheSameSpans() throws Exception {
    Path file = RecordedFiles.existing(RecordedFiles.TAU_BENCH);
    InMemorySink one = new InMemorySink();
    InMemorySink two = new InMemorySink();
    send(ImportFormat.TAU_BENCH, file, one);
    send(ImportFormat.TAU_BENCH, file, two);
    assertThat(two.requests.equals(one.requests)).isTrue();
  }

  @Test
  void readsOtlpAsOneDocumentOrAsLines() throws Exception {
    Path pretty = write("[\n]".replace("[\n]", "{\n \"spans\": [1,\n 2]\n}\n"));
    InMemorySink sink = new InMemorySink();
    assertThat(send(ImportFormat.OTLP, pretty, sink).runs()).isEqualTo(1);
    assertThat(sink.spans()).hasSize(2);
    Path lines = write("{\"spans\":[1]}\n{\"spans\":[2,3]}\n\n");
    ImportReport report = send(ImportFormat.OTLP, lines, new InMemorySink());
    assertThat(report.runs()).isEqualTo(2);
    assertThat(report.spans()).isEqualTo(3);
  }

  @Test
  void aBrokenLineImportsNothingAndIsNamed() throws Exception {
    Path file = write("{\"spans\":[1]}\n{\"spans\":[2]}\n{\"spans\":[3]\n{}");
    InMemorySink sink = new InMemorySink();
    assertThatThrownBy(() -> send(ImportFormat.OTLP, file, sink))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessageContaining(file + ", line 3: this is no JSON")
        .hasMessageContaining("Nothing was imported");
    assertThat(sink.requests).isEmpty();
  }

  @Test
  void aFileThatIsNoJsonFromItsFirstByteOnIsNamed() throws Exception {
    Path file = write("# a readme");
    assertThatThrownBy(() -> send(ImportFormat.OTLP, file, new InMemorySink()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(file + ", line 1: this is no JSON");
  }

  @Test
  void aLineOfAnotherFormatIsNamed() throws Exception {
    Path file = write("\n{\"task\":\"t\"}\n");
    assertThatThrownBy(() -> send(ImportFormat.TAU_BENCH, file, new InMemorySink()))
        .hasMessageContaining(file + ", line 2: the field `trial` is missing")
        .hasMessageContaining("instead of tau-bench");
    assertThatThrownBy(() -> send(ImportFormat.OTLP, file, new InMemorySink()))
        .hasMessageContaining(file + ", line 2: no trace request");
    Path empty = write(" \n");
    assertThatThrownBy(() -> send(ImportFormat.WHOWHEN, empty, new InMemorySink()))
        .hasMessageContaining("the file is empty");
  }

  @Test
  void aFailureOfSendingSaysHowFarItGot() throws Exception {
    Path file = write("{\"spans\":[1]}\n{\"spans\":[2]}\n{\"spans\":[3]}\n");
    InMemorySink sink = new InMemorySink();
    sink.failAfter = 2;
    assertThatThrownBy(() -> send(ImportFormat.OTLP, file, sink))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2 of the 3 runs")
        .hasMessageContaining("duplicate");
  }

  @Test
  void countsWhatTheServerRefused() throws Exception {
    Path file = write("{\"spans\":[1,2]}\n{\"spans\":[3]}\n");
    InMemorySink sink = new InMemorySink();
    sink.receipt = new ImportSink.Receipt(1, "zero id");
    ImportReport report = send(ImportFormat.OTLP, file, sink);
    assertThat(report.rejected()).isEqualTo(2);
    assertThat(report.message()).isEqualTo("zero id");
  }

  @Test
  void countsWhatNoServerWouldTake() throws Exception {
    Path file = write("{\"spans\":[1,2],\"refused\":3}\n{\"spans\":[3]}\n");
    ImportReport report = send(ImportFormat.OTLP, file, new InMemorySink());
    assertThat(report.spans()).isEqualTo(6);
    assertThat(report.rejected()).isEqualTo(3);
    assertThat(report.message()).isEqualTo("zero id");
  }

  @Test
  void knowsTheWordsOfItsFormats() {
    for (ImportFormat format : ImportFormat.values()) {
      assertThat(ImportFormat.of(format.word())).isEqualTo(format);
    }
    assertThatThrownBy(() -> ImportFormat.of("langfuse"))
        .hasMessageContaining("otlp, tau-bench, agentdojo, whowhen");
  }

  private ImportReport send(ImportFormat format, Path file, ImportSink sink)
      throws IOException, InterruptedException {
    return runs.send(format, file, sink, report -> assertThat(report.runs()).isPositive());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "runs", ".jsonl"), text);
  }

  /// Every span has its parent in its trace, no id is there twice, and all bytes survive the wire.
  private static void assertWhole(InMemorySink sink) throws IOException {
    Set<ByteString> ids = new HashSet<>();
    Set<ByteString> parents = new HashSet<>();
    for (Span span : sink.spans()) {
      assertThat(ids.add(span.getTraceId().concat(span.getSpanId()))).isTrue();
      if (!span.getParentSpanId().isEmpty()) {
        parents.add(span.getTraceId().concat(span.getParentSpanId()));
      }
      assertThat(span.getStartTimeUnixNano()).isLessThanOrEqualTo(span.getEndTimeUnixNano());
      assertThat(SpanTree.text(span, "gen_ai.conversation.id")).isNotEmpty();
    }
    assertThat(ids.containsAll(parents)).isTrue();
    for (ExportTraceServiceRequest request : sink.requests) {
      assertThat(ExportTraceServiceRequest.parseFrom(request.toByteArray()).equals(request))
          .isTrue();
    }
  }

  /// Stands in for the receiver's own reader: a request is an object with a list of spans.
  private static OtlpJsonReader.Checked read(byte[] json) {
    JsonNode document = JSON.readTree(json);
    JsonNode spans = document.path("spans");
    if (!spans.isArray()) {
      throw new ApiException(ErrorCode.MALFORMED, "no trace request");
    }
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (JsonNode span : spans) {
      scope.addSpans(Span.newBuilder().setName(span.toString()));
    }
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
            .build();
    int refused = document.path("refused").asInt(0);
    return new OtlpJsonReader.Checked(request, refused, refused == 0 ? "" : "zero id");
  }

  private static final class InMemorySink implements ImportSink {
    final List<ExportTraceServiceRequest> requests = new ArrayList<>();
    Receipt receipt = Receipt.WHOLE;
    int failAfter = Integer.MAX_VALUE;

    @Override
    public Receipt send(ExportTraceServiceRequest request) throws IOException {
      if (requests.size() == failAfter) {
        throw new IOException("the line is cut.");
      }
      requests.add(request);
      return receipt;
    }

    List<Span> spans() {
      return SpanTree.spans(requests);
    }

    Set<ByteString> traces() {
      return spans().stream().map(Span::getTraceId).collect(Collectors.toSet());
    }

    long count(String operation) {
      return spans().stream()
          .filter(span -> SpanTree.text(span, "gen_ai.operation.name").equals(operation))
          .count();
    }

    long failedTools() {
      return spans().stream().filter(s -> !SpanTree.text(s, "error.type").isEmpty()).count();
    }

    long labels(String nameAndLabel) {
      return evaluations().stream().filter(nameAndLabel::equals).count();
    }

    long labelled(String name) {
      return evaluations().stream().filter(e -> e.startsWith(name + " ")).count();
    }

    private List<String> evaluations() {
      return spans().stream()
          .flatMap(span -> span.getEventsList().stream())
          .map(event ->
              SpanTree.text(event.getAttributesList(), "gen_ai.evaluation.name")
                  + " "
                  + SpanTree.text(event.getAttributesList(), "gen_ai.evaluation.score.label"))
          .toList();
    }
  }
}
