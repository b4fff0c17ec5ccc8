// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Door;
import dev.steward.bench.model.Heard;
import dev.steward.bench.model.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What the model gateway costs, everything on, beside the mock asked directly and beside the npm
/// Portkey gateway: the same requests, in turn, on one machine. Eight calls are a run.
final class GatewayBench {
  private static final int ROUNDS = Bench.setting("BENCH_ROUNDS", 3);
  private static final Duration TIME = Duration.ofSeconds(Bench.setting("BENCH_SECONDS", 4));
  private static final Duration WARM_UP = Duration.ofSeconds(Bench.setting("BENCH_WARM_UP", 30));
  private static final Duration LARGE_TIME = TIME.dividedBy(2);
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);
  private static final Duration RECORDED_LIMIT = Duration.ofSeconds(10);
  private static final int TURNS = Bench.setting("BENCH_TURNS", 3_000);
  private static final int SLOW_STREAMS = Bench.setting("BENCH_STREAMS", 2_000);
  private static final int EVENTS = 20;
  private static final int SLOW_MILLIS = 500;
  private static final double PART_OF_SATURATION = 0.3;

  private final Talk talk = new Talk(new Random(5));
  private final Question small = Question.json("", 1_000, talk::text);
  private final Question middle = Question.json("_16k", 16_000, talk::text);
  private final Question large = Question.json("_400k", 400_000, talk::text);
  private final Question stream = Question.stream("", 1_000, talk::text, EVENTS, 0);

  void run(Result result) throws Exception {
    Path data = Path.of("bench", "target", "gateway-data");
    try (Mock mock = Mock.start();
        GovernedServer steward = GovernedServer.start(data, mock)) {
      Door own = steward.agent(GovernedServer.AGENT);
      List<GatewayLoads.Party> parties = new ArrayList<>();
      parties.add(new GatewayLoads.Party("direct_", mock.door(), null, null));
      parties.add(
          new GatewayLoads.Party("", own, steward.server().program(), () -> drain(steward)));
      try (PortkeyServer peer = PortkeyServer.start()) {
        parties.add(new GatewayLoads.Party("peer_", peer.door(mock), peer.program(), null));
        result.note(PortkeyServer.build());
        measure(parties, steward, result);
      } catch (IOException e) {
        if (parties.size() == 3) {
          throw e;
        }
        System.err.println("bench: the peer is left out: " + e.getMessage());
        measure(parties, steward, result);
      }
    }
    Program.delete(data);
  }

  private void measure(List<GatewayLoads.Party> parties, GovernedServer steward, Result result)
      throws Exception {
    for (Question question : List.of(small, middle, large)) {
      result.put("body_bytes" + question.name(), question.length());
    }
    GatewayLoads loads = new GatewayLoads(parties, result);
    loads.warmUp(List.of(small, stream), WARM_UP);
    for (Question question : List.of(small, middle, large)) {
      int times = question == large ? TURNS / 10 : TURNS;
      loads.oneClient(question, times);
    }
    double saturated =
        loads.clients("rps_c64" + small.name(), "cpu_us_c64", small, 64, ROUNDS, TIME);
    loads.clients("sse_rps_c64", "sse_cpu_us_c64", stream, 64, ROUNDS, TIME);
    loads.clients("rps_c512", "cpu_us_c512", small, 512, ROUNDS, TIME);
    loads.clients("rps_c64_16k", "cpu_us_c64_16k", middle, 64, ROUNDS, TIME);
    loads.clients("rps_c64_400k", "cpu_us_c64_400k", large, 64, ROUNDS, LARGE_TIME);
    loads.open(small, saturated * PART_OF_SATURATION, ROUNDS, TIME.multipliedBy(2));
    slow(parties, result);
    result.put("rss_mb", steward.server().program().residentBytes() >> 20);
    result.put("peak_rss_mb", steward.server().program().peakResidentBytes() >> 20);
    long answered = loads.answeredByUs() + SLOW_STREAMS;
    result.put("answered_calls", answered);
    result.put("recorded_spans", recorded(steward, answered));
  }

  /// Every answered call is recorded, some a little later than it is answered.
  private static long recorded(GovernedServer steward, long answered)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + RECORDED_LIMIT.toNanos();
    long loaded = drain(steward).loaded();
    while (loaded < answered && System.nanoTime() < deadline) {
      Program.pause(Duration.ofMillis(100));
      loaded = drain(steward).loaded();
    }
    return loaded;
  }

  private void slow(List<GatewayLoads.Party> parties, Result result)
      throws IOException, InterruptedException {
    Question slow = Question.stream("", 1_000, talk::text, EVENTS, SLOW_MILLIS);
    result.put("slow_streams", SLOW_STREAMS);
    for (GatewayLoads.Party party : parties) {
      OpenStreams streams = new OpenStreams(party.door(), slow, SLOW_STREAMS);
      int delivered = 0;
      for (Heard heard : streams.awaitEnded()) {
        boolean all = heard.events() >= EVENTS - 1 && heard.events() <= EVENTS;
        delivered += heard.status() == 200 && heard.done() && all ? 1 : 0;
      }
      result.put(party.prefix() + "slow_streams_delivered", delivered);
    }
  }

  private static StewardServer.Counts drain(GovernedServer steward) throws IOException {
    try {
      return steward.server().drained(DRAIN_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
