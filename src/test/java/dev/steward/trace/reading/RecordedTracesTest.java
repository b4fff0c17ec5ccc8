// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.otlp.Acceptance;
import dev.steward.trace.otlp.Accepted;
import dev.steward.trace.otlp.OtlpEncoding;
import dev.steward.trace.reading.RecordedTraces.Counts;
import dev.steward.trace.reading.RecordedTraces.Seen;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// The reader against the recorded traces.
class RecordedTracesTest {
  @ParameterizedTest
  @MethodSource("dev.steward.trace.reading.RecordedTraces#files")
  void everySpanIsWhatItIsKnownToBe(Path file) throws IOException {
    Map<String, Seen> seen = new HashMap<>();
    read(RecordedTraces.body(file)).forEach((id, span) -> seen.put(id, seen(span)));
    RecordedTraces.check(file, seen);
  }

  @Test
  void theProtocolsOwnExampleIsRead() throws IOException {
    byte[] example = RecordedTraces.body(RecordedTraces.example());
    Span span = Objects.requireNonNull(read(example).get("eee19b7ec3c1b174"));
    assertThat(span.kind()).isEqualTo(SpanKind.OTHER);
    assertThat(span.parentSpanId()).isEqualTo("eee19b7ec3c1b173");
    assertThat(span.raw().otelKind()).isEqualTo(2);
    assertThat(span.origin().service()).isEqualTo("my.service");
    assertThat(span.cost()).isNull();
  }

  @Test
  void aCrewsRunIsCalledWhatItsTaskSays() throws IOException {
    Path file = Path.of("../shared/data/otlp/crewai-2025-07-11.otlp.json");
    Map<String, Span> spans = read(RecordedTraces.body(file));
    String task = "Define the HTML for making a simple website with heading- Hello World!";
    assertThat(title(spans.values())).startsWith(task);

    spans.remove("0dd92fffb354f15b");
    assertThat(title(spans.values())).as("while the crew works").contains(task);
  }

  private static String title(Collection<Span> spans) {
    return new RunAssembler(_ -> Optional.empty(), Silence.DEFAULT)
        .assemble(spans, List.of(), Instant.EPOCH)
        .getFirst()
        .title();
  }

  private static Seen seen(Span span) {
    ModelFacts model = span.model();
    Usage usage = span.usage();
    return new Seen(
        span.kind(),
        span.parentSpanId(),
        model == null ? List.of() : Arrays.asList(model.requestModel(), model.responseModel()),
        usage == null
            ? null
            : new Counts(usage.input(), usage.output(), usage.cacheRead(), usage.reasoning()),
        span.cost() != null,
        JsonMapper.shared().readTree(span.raw().attributesJson()),
        span.content().toString());
  }

  private static Map<String, Span> read(byte[] json) {
    Accepted accepted = new Acceptance().accept(Signal.TRACES, OtlpEncoding.JSON, json);
    assertThat(accepted.rejected()).isZero();
    Facts facts =
        new RecordReader((_, _, _, _, _) -> new Cost.Unknown("no prices here"))
            .read(
                new JournalRecord(
                    Signal.TRACES,
                    accepted.spans(),
                    Instant.EPOCH,
                    Sender.UNKNOWN,
                    accepted.payload()));
    assertThat(facts.unreadable()).isEmpty();
    assertThat(facts.spans()).hasSize(accepted.spans());
    Map<String, Span> byId = new HashMap<>();
    facts.spans().forEach(span -> byId.put(span.key().spanId(), span));
    return byId;
  }
}
