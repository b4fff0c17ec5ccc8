// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.SteadyCalls.Call;
import dev.steward.bench.model.Door;
import dev.steward.bench.model.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How long after the command of a rollback the version that was left still takes calls. Of two
/// versions only one lists the model that all calls ask for, so the status of an answer tells which
/// version decided it. The floor is a command that changes no version, under the same load.
final class ReleaseBench {
  private static final String AGENT = "bench";
  private static final String STAGING = "staging";
  private static final String JSON = "application/json";
  private static final int ROUNDS = Bench.setting("BENCH_ROUNDS", 300);
  private static final int WARM_UP_ROUNDS = 100;
  private static final int CLIENTS = Bench.setting("BENCH_CLIENTS", 16);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration BETWEEN = Duration.ofMillis(60);
  private static final int TAKEN = 200;
  private static final int NOT_LISTED = 403;

  /// What some rounds came to.
  private static final class Figures {
    private final Latencies inForce = new Latencies();
    private final Latencies commands = new Latencies();
    private final Latencies floor = new Latencies();
    private long calls;
    private int late;
  }

  void run(Result result) throws Exception {
    Path data = Path.of("bench", "target", "release-data");
    Figures figures = new Figures();
    Question question = Question.json("small", 1_000, new Talk(new Random(5))::text);
    int broken;
    try (Mock mock = Mock.start();
        GovernedServer steward = GovernedServer.start(data, mock)) {
      String lists = released(steward, "gpt-5");
      String listsNot = released(steward, "gpt-5-mini");
      Door door = steward.door(AGENT, STAGING);
      try (SteadyCalls calls = SteadyCalls.start(door, question, CLIENTS, PAUSE)) {
        rounds(steward, calls, lists, listsNot, WARM_UP_ROUNDS, new Figures());
        rounds(steward, calls, lists, listsNot, ROUNDS, figures);
        broken = calls.broken();
      }
    }
    result.put("rounds", ROUNDS);
    result.put("clients", CLIENTS);
    result.put("calls", figures.calls);
    result.put("rollback_p50_ms", figures.inForce.millis(0.5));
    result.put("rollback_p99_ms", figures.inForce.millis(0.99));
    result.put("rollback_max_ms", figures.inForce.millis(1));
    result.put("command_answered_p50_ms", figures.commands.millis(0.5));
    result.put("command_answered_p99_ms", figures.commands.millis(0.99));
    result.put("floor_command_p50_ms", figures.floor.millis(0.5));
    result.put("floor_command_p99_ms", figures.floor.millis(0.99));
    result.put("calls_of_the_version_left_after_the_answer", figures.late);
    result.put("connections_lost", broken);
    Program.delete(data);
  }

  /// Declares a version, releases it to staging, and gives its digest.
  private static String released(GovernedServer steward, String model)
      throws IOException, InterruptedException {
    steward.declare(AGENT, model);
    JsonNode release =
        steward
            .server()
            .post(
                "/api/v1/releases",
                JSON,
                JsonMapper.shared()
                    .createObjectNode()
                    .put("agent", AGENT)
                    .put("to", STAGING)
                    .put("reason", "its rollback is measured")
                    .toString());
    if (!release.required("state").asString().equals("promoted")) {
      throw new IOException("not in force: " + release);
    }
    return release.required("version").asString();
  }

  private static void rounds(
      GovernedServer steward,
      SteadyCalls calls,
      String lists,
      String listsNot,
      int rounds,
      Figures figures)
      throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      boolean back = round % 2 == 0;
      round(steward, calls, back ? lists : listsNot, back ? TAKEN : NOT_LISTED, figures);
    }
  }

  private static void round(
      GovernedServer steward, SteadyCalls calls, String version, int status, Figures figures)
      throws IOException, InterruptedException {
    Program.pause(BETWEEN);
    calls.taken();
    long sent = System.nanoTime();
    steward.server().post("/api/v1/releases/rollback", JSON, rollback(version));
    long answered = System.nanoTime();
    Program.pause(BETWEEN);
    long last = sent;
    for (Call call : calls.taken()) {
      figures.calls++;
      if (call.status() != status && call.sentNanos() > sent) {
        last = Math.max(last, call.sentNanos());
        figures.late += call.sentNanos() > answered ? 1 : 0;
      }
    }
    figures.inForce.add(last - sent);
    figures.commands.add(answered - sent);
    long floor = System.nanoTime();
    steward.door(AGENT, "production");
    figures.floor.add(System.nanoTime() - floor);
  }

  private static String rollback(String version) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("agent", AGENT)
        .put("environment", STAGING)
        .put("version", version)
        .put("reason", "its rollback is measured")
        .toString();
  }
}
