// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Measures the store by hand: `main(FOLDER, SPANS, hot|archived|factors|read)`. Not a test; the
/// numbers go to RATIONALE.md.
final class StoreMeasurement {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final String[] WORDS =
      ("the order was delayed because our carrier lost it refund policy allows thirty days agent"
              + " please confirm address payment card invoice number customer wants an answer today"
              + " search results show several options with different prices and delivery times")
          .split(" ");

  private final PrintStream out;
  private final Path folder;
  private final Random random = new Random(7);
  private Instant now = START;

  private StoreMeasurement(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  public static void main(String[] arguments) {
    StoreMeasurement measurement = new StoreMeasurement(System.out, Path.of(arguments[0]));
    String what = arguments.length > 2 ? arguments[2] : "hot";
    if (what.equals("factors")) {
      measurement.factor(500);
      measurement.factor(4096);
    } else if (what.equals("read")) {
      measurement.now = START.plus(Duration.ofDays(3));
      try (DuckDbSpanStore store = measurement.open("many")) {
        measurement.queries(store);
      }
    } else {
      measurement.many(Integer.parseInt(arguments[1]), what.equals("archived"));
    }
  }

  private DuckDbSpanStore open(String name) {
    return DuckDbSpanStore.open(
        folder.resolve(name),
        new DuckDbConfig(256, 2, 3, 30),
        agent -> Optional.empty(),
        Silence.DEFAULT,
        () -> now);
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      if (random.nextInt(6) == 0) {
        text.append(Integer.toHexString(random.nextInt())).append(' ');
      }
    }
    return text.substring(0, length);
  }

  /// A hundred conversations of 50 turns that go on side by side, in this store and with all bodies
  /// inline.
  private void factor(int bytes) {
    long[] sizes = new long[2];
    int conversations = 100;
    for (int inline = 0; inline < 2; inline++) {
      try (DuckDbSpanStore store = open("factor-" + bytes + "-" + inline)) {
        long empty = StoredBytes.of(store).all();
        List<List<Message>> said = new ArrayList<>();
        for (int turn = 0; turn < 50; turn++) {
          List<Span> batch = new ArrayList<>();
          for (int each = 0; each < conversations; each++) {
            if (turn == 0) {
              said.add(new ArrayList<>());
            }
            batch.add(turn(each + 1L, turn, said.get(each), bytes, inline == 1));
          }
          store.write(BatchDraft.of(batch));
        }
        sizes[inline] = StoredBytes.of(store).all() - empty;
      }
    }
    out.printf(
        "factor %d B: once %,d inline %,d factor %.1f%n",
        bytes, sizes[0], sizes[1], (double) sizes[1] / sizes[0]);
  }

  private Span turn(long trace, int turn, List<Message> said, int bytes, boolean inline) {
    said.add(SpanDraft.user(text(bytes)));
    Message answer = SpanDraft.message("assistant", text(bytes));
    SpanDraft draft = modelCall(trace, turn + 1L, turn);
    if (inline) {
      StringBuilder all = new StringBuilder("{\"gen_ai.input.messages\":[");
      said.forEach(message -> all.append(message.json()).append(','));
      all.setLength(all.length() - 1);
      all.append("],\"gen_ai.output.messages\":[").append(answer.json()).append("]}");
      draft.attributes(all.toString());
    } else {
      draft.says(new Content(said, List.of(answer), null, null, null, null, null));
    }
    Span span = draft.build();
    said.add(answer);
    return span;
  }

  private SpanDraft modelCall(long trace, long id, long second) {
    return SpanDraft.span(SpanKind.MODEL, trace, id)
        .named("chat gpt-5")
        .at(START.plusSeconds(second))
        .by("agent-" + trace % 20)
        .model("gpt-5-" + trace % 5)
        .usage(Usage.of(random.nextInt(9000), random.nextInt(900)))
        .cost("0.00" + (1 + random.nextInt(9999)))
        .attributes(
            "{\"gen_ai.operation.name\":\"chat\",\"gen_ai.request.model\":\"gpt-5\","
                + "\"gen_ai.response.id\":\"chatcmpl-"
                + Long.toHexString(random.nextLong())
                + "\",\"server.address\":\"api.example.com\",\"server.port\":443,"
                + "\"gen_ai.usage.input_tokens\":"
                + random.nextInt(9000)
                + "}");
  }

  /// Runs of 20 spans with some content, and one of 10,000.
  private void many(int spans, boolean archived) {
    try (DuckDbSpanStore store = open("many")) {
      long empty = StoredBytes.of(store).all();
      long nanos = 0;
      long worst = 0;
      int runs = spans / 20;
      Random ids = new Random(3);
      for (int run = 0; run < runs; run += 250) {
        List<Span> batch = new ArrayList<>(5000);
        for (int i = run; i < run + 250; i++) {
          batch.addAll(oneRun(ids.nextLong() >>> 1, i * 259_000L / runs * 1L));
        }
        long start = System.nanoTime();
        store.write(BatchDraft.of(batch));
        long took = System.nanoTime() - start;
        nanos += took;
        worst = Math.max(worst, took);
      }
      out.printf(
          "write %,d spans: %,.0f spans/s, worst batch %d ms, %d B a span%n",
          spans,
          spans * 1e9 / nanos,
          worst / 1_000_000,
          (StoredBytes.of(store).all() - empty) / spans);
      big(store, 5, 10_000);
      big(store, 6, 50_000);
      queries(store);
      if (archived) {
        archive(store);
        queries(store);
      }
    }
  }

  private void archive(DuckDbSpanStore store) {
    long start = System.nanoTime();
    now = now.plus(Duration.ofDays(4));
    out.println(
        new Retention(store, new DuckDbConfig(256, 2, 1, 30), run -> false).run(now)
            + " ms "
            + (System.nanoTime() - start) / 1_000_000
            + " "
            + StoredBytes.of(store));
  }

  private List<Span> oneRun(long trace, long second) {
    now = START.plusSeconds(second);
    List<Span> spans = new ArrayList<>(20);
    spans.add(
        SpanDraft.span(SpanKind.AGENT, trace, 1)
            .named("invoke_agent")
            .at(now)
            .by("agent-" + Math.floorMod(trace, 20))
            .environment("production")
            .conversation("conversation " + trace)
            .lasting(Duration.ofSeconds(20))
            .build());
    List<Message> said = new ArrayList<>();
    for (int i = 2; i <= 20; i++) {
      if (i % 2 == 0) {
        said.add(SpanDraft.user(text(120)));
        spans.add(
            modelCall(trace, i, second + i)
                .under(1)
                .says(
                    new Content(
                        said,
                        List.of(SpanDraft.message("assistant", text(120))),
                        null,
                        null,
                        null,
                        null,
                        null))
                .build());
      } else {
        spans.add(
            SpanDraft.span(SpanKind.TOOL, trace, i)
                .under(1)
                .named("execute_tool search")
                .at(now.plusSeconds(i))
                .tool("search", "call_" + Long.toHexString(random.nextLong()))
                .attributes("{\"gen_ai.tool.name\":\"search\",\"n\":" + random.nextInt() + "}")
                .build());
      }
    }
    return spans;
  }

  private void big(DuckDbSpanStore store, long trace, int size) {
    List<Span> batch = new ArrayList<>();
    batch.add(SpanDraft.span(SpanKind.AGENT, trace, 1).at(now).by("big").build());
    List<Message> said = new ArrayList<>();
    for (int i = 2; i <= size; i++) {
      if (i % 100 == 0) {
        said.clear();
      }
      said.add(SpanDraft.user(text(120)));
      batch.add(
          modelCall(trace, i, Duration.between(START, now).toSeconds() + i)
              .under(i % 50 == 0 ? 1 : i / 50 * 50 + 1)
              .says(new Content(said, List.of(), null, null, null, null, null))
              .build());
    }
    store.write(BatchDraft.of(batch));
    store.checkpoint();
  }

  private void queries(DuckDbSpanStore store) {
    RunQuery newest = RunQuery.newest(50);
    String middle = store.runs(newest).items().get(25).id();
    time("newest 50 runs", () -> store.runs(newest));
    time("run by id", () -> store.run(middle));
    time("spans of a run of 20", () -> store.spans(middle));
    time("size", () -> store.size(middle));
    Instant end = START.plus(Duration.ofDays(4));
    time(
        "cost by agent and day",
        () ->
            store.cost(
                new CostQuery(
                    List.of(CostQuery.By.AGENT, CostQuery.By.DAY), START, end, null, null)));
    time("activity of 4 days", () -> store.activity(START, end));
    opening(store, 5, "10,000");
    opening(store, 6, "50,000");
    time(
        "content", () -> store.content(store.spans(middle).get(1).content().input().get(0).hash()));
  }

  private void opening(DuckDbSpanStore store, long trace, String size) {
    String id = SpanDraft.trace(trace);
    SpanKey key = new SpanKey(id, SpanDraft.id(4999));
    time("spans of a run of " + size, () -> store.spans(id));
    time("outline of a run of " + size, () -> store.outline(id));
    time("one span of a run of " + size, () -> store.span(key));
  }

  private static long cpu() {
    return java.lang.management.ManagementFactory.getPlatformMXBean(
            com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private void time(String what, Runnable query) {
    long[] nanos = new long[9];
    long cpu = cpu();
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      query.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    out.printf(
        "%s: p50 %.1f ms, max %.1f ms, cpu %.1f ms%n",
        what, nanos[4] / 1e6, nanos[8] / 1e6, (cpu() - cpu) / 9e6);
  }
}
