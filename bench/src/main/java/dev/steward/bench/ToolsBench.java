// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.MockTools;
import dev.steward.bench.model.ToolAsker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// What a tool call through `/mcp` costs, everything on, beside the tool server asked directly in
/// turn with it: a call that reads, one whose intent is synced first, both again while many calls
/// wait for another tool server that is slow, and while a thousand approvals are pending.
final class ToolsBench {
  private static final int TURNS = Bench.setting("BENCH_TURNS", 3_000);
  private static final int WARM_UP = Bench.setting("BENCH_WARM_UP_TURNS", 10_000);
  private static final int PENDING = Bench.setting("BENCH_PENDING", 1_000);
  private static final int SLOW = Bench.setting("BENCH_SLOW", 48);
  private static final int SYNCS = 500;
  private static final int ROUNDS = Bench.setting("BENCH_ROUNDS", 3);
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);
  private static final String RESULT = "delivered";
  private static final String TOLD_PENDING = "a person must agree first";

  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: shop}
      spec:
        owner: dana@example.com
        url: "%1$s/mcp"
        secret: shop-token
        tools:
          - {name: look, effect: read, inputSchema: %2$s}
          - {name: book, effect: write, price: {amount: 0.001, currency: USD}, inputSchema: %2$s}
          - {name: wire, effect: money, inputSchema: %2$s}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: slow}
      spec:
        owner: dana@example.com
        url: "%1$s%3$s/mcp"
        secret: shop-token
        tools:
          - {name: look, effect: read, inputSchema: %2$s}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: bench, labels: {team: support}}
      spec:
        owner: dana@example.com
        purpose: Books orders.
        risk: limited
        version: {tools: [{server: shop, tools: [look, book, wire]}, {server: slow, tools: [look]}]}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: shop}
      spec:
        rules:
          - {tool: shop/look, effect: allow}
          - {tool: slow/look, effect: allow}
          - {tool: shop/book, effect: allow, when: "args.amount <= 50"}
          - {tool: shop/wire, effect: require_approval, expires: 24h}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: all}
      spec: {window: month, limit: {cost: 1000000, currency: USD}}
      """;

  void run(Result result) throws Exception {
    Path data = Path.of("bench", "target", "tools-data");
    Program.delete(data);
    try (Mock mock = Mock.tools();
        StewardServer steward = StewardServer.start(data)) {
      steward.put("/api/v1/secrets/shop-token", "text/plain", "shop-bench-upstream");
      steward.post(
          "/api/v1/apply",
          "application/yaml",
          RESOURCES.formatted(mock.url(), MockTools.SCHEMA, MockTools.SLOW));
      steward.awaitHistory(Duration.ofMinutes(1));
      JsonNode issued =
          steward.post(
              "/api/v1/keys",
              "application/json",
              "{\"agent\":\"bench\",\"environment\":\"development\"}");
      Doors doors = new Doors(mock.port(), steward.port(), issued.required("key").asString());
      turns(doors, "look", WARM_UP);
      turns(doors, "book", WARM_UP / 4);
      steward.drained(DRAIN_LIMIT);
      result.put("turns", TURNS);
      result.put("rounds", ROUNDS);
      Latencies syncs = syncs(data);
      result.put("sync_p50_ms", syncs.millis(0.5));
      result.put("sync_p99_ms", syncs.millis(0.99));
      measure(doors, "", result);
      steward.drained(DRAIN_LIMIT);
      try (SlowCalls slow = SlowCalls.start(doors, SLOW)) {
        measure(doors, "_beside_slow", result);
        result.put("slow_calls_waiting", SLOW);
        result.put("slow_calls_answered", slow.answered().get());
      }
      steward.drained(DRAIN_LIMIT);
      Latencies asked = pend(doors);
      allWait(steward);
      result.put("pending_approvals", PENDING);
      result.put("ask_approval_p50_ms", asked.millis(0.5));
      steward.drained(DRAIN_LIMIT);
      measure(doors, "_pending", result);
      result.put("rss_mb", steward.program().residentBytes() >> 20);
    }
    Program.delete(data);
  }

  /// Where the tool server is itself, and where Steward is before it.
  private record Doors(int direct, int steward, String key) {
    ToolAsker own(String tool) throws IOException {
      return new ToolAsker(steward, "/mcp/shop", key, tool);
    }

    ToolAsker slow() throws IOException {
      return new ToolAsker(steward, "/mcp/slow", key, "look");
    }

    ToolAsker past(String tool) throws IOException {
      return new ToolAsker(direct, "/mcp", "", tool);
    }
  }

  /// Clients that go on calling a tool of a slow server.
  private record SlowCalls(List<Thread> clients, AtomicBoolean over, AtomicInteger answered)
      implements AutoCloseable {
    static SlowCalls start(Doors doors, int count) {
      SlowCalls calls = new SlowCalls(new ArrayList<>(), new AtomicBoolean(), new AtomicInteger());
      for (int i = 0; i < count; i++) {
        calls.clients.add(Thread.ofVirtual().start(() -> calls.go(doors)));
      }
      return calls;
    }

    private void go(Doors doors) {
      try (ToolAsker slow = doors.slow()) {
        while (!over.get()) {
          slow.call(RESULT);
          answered.incrementAndGet();
        }
      } catch (IOException e) {
        System.err.println("bench: a slow call failed: " + e.getMessage());
      }
    }

    @Override
    public void close() {
      over.set(true);
      try {
        for (Thread client : clients) {
          client.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Times of calls that were made in turn.
  private record Turns(Latencies direct, Latencies own) {
    double added(double part) {
      return own.millis(part) - direct.millis(part);
    }
  }

  private static void measure(Doors doors, String end, Result result) throws IOException {
    Turns reads = new Turns(new Latencies(), new Latencies());
    Turns writes = new Turns(new Latencies(), new Latencies());
    for (int round = 0; round < ROUNDS; round++) {
      add(reads, turns(doors, "look", TURNS));
      add(writes, turns(doors, "book", TURNS));
    }
    result.put("direct_p50_ms" + end, reads.direct().millis(0.5));
    result.put("direct_p99_ms" + end, reads.direct().millis(0.99));
    result.put("added_p50_ms" + end, reads.added(0.5));
    result.put("added_p99_ms" + end, reads.added(0.99));
    result.put("added_p50_ms_with_intent" + end, writes.added(0.5));
    result.put("added_p99_ms_with_intent" + end, writes.added(0.99));
  }

  private static void add(Turns all, Turns some) {
    all.direct().addAll(some.direct());
    all.own().addAll(some.own());
  }

  private static Turns turns(Doors doors, String tool, int times) throws IOException {
    Turns turns = new Turns(new Latencies(), new Latencies());
    try (ToolAsker past = doors.past(tool);
        ToolAsker own = doors.own(tool)) {
      for (int turn = 0; turn < times; turn++) {
        turns.direct().add(past.call(RESULT));
        turns.own().add(own.call(RESULT));
      }
    }
    return turns;
  }

  private static Latencies pend(Doors doors) throws IOException {
    Latencies times = new Latencies();
    try (ToolAsker own = doors.own("wire")) {
      for (int i = 0; i < PENDING; i++) {
        times.add(own.call(TOLD_PENDING));
      }
    }
    return times;
  }

  private static void allWait(StewardServer steward) throws IOException, InterruptedException {
    int pending = steward.get("/api/v1/approvals?status=pending").required("pending").asInt();
    if (pending != PENDING) {
      throw new IOException(pending + " approvals are pending, not " + PENDING);
    }
  }

  /// What one synced write of 512 bytes takes on this disk: the floor of a call with intent.
  private static Latencies syncs(Path folder) throws IOException {
    Latencies times = new Latencies();
    Path file = Files.createTempFile(folder, "sync", "");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(512));
        channel.force(false);
        times.add(System.nanoTime() - start);
      }
    } finally {
      Files.delete(file);
    }
    return times;
  }
}
