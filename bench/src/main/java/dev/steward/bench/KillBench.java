// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Door;
import dev.steward.bench.model.Heard;
import dev.steward.bench.model.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/// How long after the command of a kill the last byte of 500 open streams has come. Each round has
/// an agent of its own, which stays killed; each stream sends two events a second. The server has
/// answered streams before; its very first kill is told apart.
final class KillBench {
  private static final int STREAMS = Bench.setting("BENCH_STREAMS", 500);
  private static final int ROUNDS = Bench.setting("BENCH_ROUNDS", 7);
  private static final int WARM_UP_ROUNDS = 2;
  private static final int WARM_UP_CLIENTS = 64;
  private static final int WARM_UP_EVENTS = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(Bench.setting("BENCH_WARM_UP", 15));
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final int PAUSE_MILLIS = 500;
  private static final int EVENTS = 1_000;
  private static final Duration FLOWING = Duration.ofSeconds(2);
  private static final String KILL =
      "{\"selector\":{\"agent\":\"%s\"},\"reason\":\"the kill is measured\"}";

  /// What some rounds came to.
  private static final class Figures {
    private final Latencies lastBytes = new Latencies();
    private final Latencies commands = new Latencies();
    private final Latencies worst = new Latencies();
    private int told;
    private int broken;
    private int refused;
  }

  void run(Result result) throws Exception {
    Path data = Path.of("bench", "target", "kill-data");
    Figures first = new Figures();
    Figures all = new Figures();
    Question question =
        Question.stream("slow", 1_000, new Talk(new Random(3))::text, EVENTS, PAUSE_MILLIS);
    try (Mock mock = Mock.start();
        GovernedServer steward = GovernedServer.start(data, mock)) {
      Question quick =
          Question.stream("quick", 1_000, new Talk(new Random(4))::text, WARM_UP_EVENTS, 0);
      new ModelLoad(steward.agent("warm-up"), quick).saturate(WARM_UP_CLIENTS, WARM_UP);
      steward.server().drained(DRAIN);
      round(steward, question, "first", first);
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        round(steward, question, "warm-up-" + round, new Figures());
      }
      for (int round = 0; round < ROUNDS; round++) {
        round(steward, question, "kill-" + round, all);
      }
    }
    result.put("streams", STREAMS);
    result.put("rounds", ROUNDS);
    result.put("last_byte_p50_ms", all.lastBytes.millis(0.5));
    result.put("last_byte_p99_ms", all.lastBytes.millis(0.99));
    result.put("last_byte_max_ms", all.lastBytes.millis(1));
    result.put("worst_of_round_p50_ms", all.worst.millis(0.5));
    result.put("command_answered_p50_ms", all.commands.millis(0.5));
    result.put("first_kill_last_byte_p99_ms", first.lastBytes.millis(0.99));
    result.put("told_why", all.told);
    result.put("broken_off", all.broken);
    result.put("refused_streams", all.refused);
    Program.delete(data);
  }

  private static void round(
      GovernedServer steward, Question question, String agent, Figures figures)
      throws IOException, InterruptedException {
    Door door = steward.agent(agent);
    OpenStreams streams = new OpenStreams(door, question, STREAMS);
    streams.awaitBegun();
    Program.pause(FLOWING);
    long sent = System.nanoTime();
    JsonNode kill =
        steward.server().post("/api/v1/kills", "application/json", KILL.formatted(agent));
    long answered = System.nanoTime();
    List<Heard> ended = streams.awaitEnded();
    int cut = kill.required("cut").asInt();
    List<Heard> refusals = ended.stream().filter(heard -> heard.status() != 200).toList();
    for (Heard refusal : refusals) {
      System.err.println("bench: a stream was refused: " + refusal.said());
    }
    if (cut + refusals.size() != STREAMS) {
      throw new IOException(cut + " of " + STREAMS + " were cut: " + streams.failures());
    }
    figures.commands.add(answered - sent);
    figures.refused += refusals.size();
    long worst = 0;
    for (Heard heard : ended) {
      if (heard.status() != 200) {
        continue;
      }
      figures.lastBytes.add(heard.lastNanos() - sent);
      worst = Math.max(worst, heard.lastNanos() - sent);
      figures.told += heard.done() ? 0 : 1;
    }
    figures.worst.add(worst);
    figures.broken += streams.failures().size();
  }
}
