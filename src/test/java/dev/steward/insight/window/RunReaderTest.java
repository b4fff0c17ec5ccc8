// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunReaderTest {
  private static final String DENIED = "{\"steward.decision\":\"deny\"}";

  @Test
  void eachTurnThatCameToNothingIsWastedUnderOneName() {
    List<Span> spans = new ArrayList<>(List.of(agent().build()));
    int id = 2;
    for (String arguments : List.of("{\"a\":1}", "{\"a\":1}", "{\"a\":1}", "{\"a\":1}")) {
      spans.add(turn(id, 3 * id).build());
      spans.add(tool(id + 1, 3 * id + 1, "look", arguments).build());
      id += 2;
    }
    spans.add(turn(20, 60).build());
    spans.add(tool(21, 61, "pay", "{}").failed().build());
    spans.add(turn(22, 62).build());
    spans.add(tool(23, 63, "pay", "{\"b\":2}").build());
    spans.add(turn(24, 64).build());
    spans.add(tool(25, 65, "wipe", "{}").byGateway().attributes(DENIED).build());
    RunReading reading = read(spans);
    assertThat(reading.wasted())
        .isEqualTo(
            Map.of(
                Waste.LOOPING, new BigDecimal("0.50"),
                Waste.RETRIED, new BigDecimal("0.25"),
                Waste.DENIED, new BigDecimal("0.25")));
    assertThat(reading.tools()).isEqualTo(7);
    assertThat(reading.toolFailures()).isEqualTo(1);
    assertThat(reading.denials()).isEqualTo(1);
  }

  @Test
  void aTimeLimitIsToldApartFromAFailure() {
    assertThat(read(List.of(agent().failed("TimeoutError").build())).timedOut()).isTrue();
    assertThat(read(List.of(agent().failed("deadline exceeded").build())).timedOut()).isTrue();
    assertThat(read(List.of(agent().failed("ValueError").build())).timedOut()).isFalse();
    assertThat(
            read(List.of(agent().build(), tool(2, 5, "look", "{}").failed("timeout").build()))
                .timedOut())
        .isFalse();
  }

  @Test
  void resultsOfToolsAreCountedSoThatARunWithoutAnyIsToldApart() {
    Content result =
        new Content(List.of(), List.of(), null, null, null, Message.of("{\"a\":1}"), null);
    SpanDraft told = span(SpanKind.TOOL, 1, 2).under(1).at(5).tool("look", null).says(result);
    assertThat(read(List.of(agent().build(), told.build())).results()).isEqualTo(1);
    RunReading none = read(List.of(agent().build()));
    assertThat(none.results()).isZero();
    assertThat(none.silent()).isZero();
  }

  @Test
  void aReadingIsKeptAsLongAsItsRunIsAsItWas() {
    Kept diary = new Kept();
    Run run = run(List.of(agent().build()));
    RunReading reading =
        new RunReading(
            3,
            1,
            List.of(7, 9),
            1,
            2,
            true,
            5,
            2,
            4,
            -1,
            Map.of(Waste.DENIED, new BigDecimal("0.5")));
    new KeptReadings(diary).keep(run, reading);
    diary.lines.add("[\"1\",\"cut off");
    diary.lines.add(diary.lines.getFirst().replaceFirst("\"2\"", "\"1\"").replace("\"4\",", ""));
    diary.lines.add("[\"0\",\"of another form\"]");

    KeptReadings again = new KeptReadings(diary);
    assertThat(again.of(run)).contains(reading);
    assertThat(again.of(run.in(RunStatus.ABANDONED, null))).isEmpty();
    assertThat(new KeptReadings(Diary.NONE).of(run)).isEmpty();
  }

  private static final class Kept implements Diary {
    private final List<String> lines = new ArrayList<>();

    @Override
    public List<String> read() {
      return List.copyOf(lines);
    }

    @Override
    public void add(List<String> more) {
      lines.addAll(more);
    }

    @Override
    public void keep(List<String> more) throws IOException {
      lines.addAll(more);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static RunReading read(List<Span> spans) {
    return RunReader.read(run(spans), spans);
  }

  private static Run run(List<Span> spans) {
    Silence silence = new Silence(Duration.ofHours(1), Duration.ofHours(1));
    return new RunAssembler(_ -> Optional.empty(), silence)
        .assemble(spans, List.of(), NOON)
        .getFirst();
  }

  private static SpanDraft agent() {
    return span(SpanKind.AGENT, 1, 1).at(0).by("clerk").lasting(Duration.ofMinutes(2));
  }

  private static SpanDraft turn(int id, int seconds) {
    return span(SpanKind.MODEL, 1, id).under(1).at(seconds).cost("0.25");
  }

  private static SpanDraft tool(int id, int seconds, String name, @Nullable String arguments) {
    return span(SpanKind.TOOL, 1, id)
        .under(1)
        .at(seconds)
        .tool(name, null)
        .says(
            new Content(
                List.of(),
                List.of(),
                null,
                null,
                arguments == null ? null : Message.of(arguments),
                null,
                null));
  }
}
