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
/// an agent of its own, which stays killed; each stream sends two events a second.
final class KillBench {
  private static final int STREAMS = Bench.setting("BENCH_STREAMS", 500);
  private static final int ROUNDS = Bench.setting("BENCH_ROUNDS", 7);
  private static final int WARM_UP_ROUNDS = 2;
  private static final int PAUSE_MILLIS = 500;
  private static final int EVENTS = 1_000;
  private static final Duration FLOWING = Duration.ofSeconds(2);
  private static final String KILL =
      "{\"selector\":{\"agent\":\"%s\"},\"reason\":\"the kill is measured\"}";

  private final Latencies lastBytes = new Latencies();
  private final Latencies commands = new Latencies();
  private final Latencies rounds = new Latencies();
  private int told;
  private int broken;
  private int refused;

  void run(Result result) throws Exception {
    Path data = Path.of("bench", "target", "kill-data");
    Question question =
        Question.stream("slow", 1_000, new Talk(new Random(3))::text, EVENTS, PAUSE_MILLIS);
    try (Mock mock = Mock.start();
        GovernedServer steward = GovernedServer.start(data, mock)) {
      for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
        round(steward, question, "kill-" + round, round >= WARM_UP_ROUNDS);
      }
    }
    result.put("streams", STREAMS);
    result.put("rounds", ROUNDS);
    result.put("last_byte_p50_ms", lastBytes.millis(0.5));
    result.put("last_byte_p99_ms", lastBytes.millis(0.99));
    result.put("last_byte_max_ms", lastBytes.millis(1));
    result.put("worst_of_round_p50_ms", rounds.millis(0.5));
    result.put("command_answered_p50_ms", commands.millis(0.5));
    result.put("told_why", told);
    result.put("broken_off", broken);
    result.put("refused_streams", refused);
    Program.delete(data);
  }

  private void round(GovernedServer steward, Question question, String agent, boolean counts)
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
    if (!counts) {
      return;
    }
    commands.add(answered - sent);
    long worst = 0;
    refused += refusals.size();
    for (Heard heard : ended) {
      if (heard.status() != 200) {
        continue;
      }
      lastBytes.add(heard.lastNanos() - sent);
      worst = Math.max(worst, heard.lastNanos() - sent);
      told += heard.done() ? 0 : 1;
    }
    rounds.add(worst);
    broken += streams.failures().size();
  }
}
