// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Door;
import dev.steward.bench.model.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The loads of the gateway's measurement: each goes to all parties in turn, round by round, and
/// the middle round counts.
final class GatewayLoads {
  private static final int WARM_UP_TURNS = 200;
  private static final int WARM_UP_CLIENTS = 64;

  private final List<Party> parties;
  private final Result result;
  private long answeredByUs;

  GatewayLoads(List<Party> parties, Result result) {
    this.parties = parties;
    this.result = result;
  }

  /// Who is measured.
  ///
  /// @param prefix of its keys
  /// @param program whose processor time counts, null for none
  /// @param after lets it finish what it does behind its answers, null for nothing
  record Party(String prefix, Door door, @Nullable Program program, @Nullable Finish after) {
    double cpuSeconds() {
      return program == null ? 0 : program.cpuSeconds();
    }

    void finish() throws IOException {
      if (after != null) {
        after.run();
      }
    }

    boolean isUs() {
      return prefix.isEmpty();
    }
  }

  /// What a party does after a load.
  @FunctionalInterface
  interface Finish {
    void run() throws IOException;
  }

  /// Calls that Steward answered so far.
  long answeredByUs() {
    return answeredByUs;
  }

  void warmUp(List<Question> questions, Duration time) throws IOException, InterruptedException {
    for (Question question : questions) {
      for (Party party : parties) {
        ModelLoad load = new ModelLoad(party.door(), question);
        load.saturate(WARM_UP_CLIENTS, time.dividedBy(party.isUs() ? 1 : 4));
        count(party, load);
        party.finish();
      }
    }
  }

  /// One client that asks at all doors in turn.
  void oneClient(Question question, int times) throws IOException {
    List<ModelLoad> loads =
        ModelLoad.inTurn(
            parties.stream().map(Party::door).toList(), question, WARM_UP_TURNS, times);
    double direct = loads.getFirst().latencies().millis(0.5);
    String end = "_c1" + question.name();
    for (int at = 0; at < loads.size(); at++) {
      Party party = parties.get(at);
      Latencies times1 = loads.get(at).latencies();
      if (at == 0) {
        result.put("direct_p50_ms" + end, direct);
      } else {
        result.put(party.prefix() + "added_p50_ms" + end, times1.millis(0.5) - direct);
      }
      result.put(party.prefix() + "rps" + end, 1_000 / times1.mean());
      answeredByUs += party.isUs() ? WARM_UP_TURNS + times : 0;
      party.finish();
    }
  }

  /// Many clients in a closed loop. Gives Steward's answers a second.
  double clients(
      String key, String cpuKey, Question question, int clients, int rounds, Duration time)
      throws IOException, InterruptedException {
    Map<Party, List<Double>> rates = new LinkedHashMap<>();
    Map<Party, List<Double>> cpu = new LinkedHashMap<>();
    Map<Party, List<Double>> cpuBehind = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Party party : parties) {
        double before = party.cpuSeconds();
        ModelLoad load = new ModelLoad(party.door(), question);
        add(rates, party, load.saturate(clients, time));
        double micros = 1e6 / Math.max(1, load.latencies().size());
        add(cpu, party, (party.cpuSeconds() - before) * micros);
        party.finish();
        add(cpuBehind, party, (party.cpuSeconds() - before) * micros);
        count(party, load);
      }
    }
    double ours = 0;
    for (Party party : parties) {
      double rate = Latencies.middle(rates.get(party));
      ours = party.isUs() ? rate : ours;
      result.put(party.prefix() + key, rate);
      if (party.program() != null) {
        result.put(party.prefix() + cpuKey, Latencies.middle(cpu.get(party)));
      }
      if (party.isUs()) {
        result.put(cpuKey + "_until_stored", Latencies.middle(cpuBehind.get(party)));
      }
    }
    return ours;
  }

  /// Requests at a fixed rate, at the mock and at Steward only: a peer may not keep up.
  void open(Question question, double rate, int rounds, Duration time)
      throws IOException, InterruptedException {
    Map<Party, List<Double>> slow = new LinkedHashMap<>();
    Map<Party, List<Double>> usual = new LinkedHashMap<>();
    List<Double> late = new ArrayList<>();
    List<Party> two = parties.subList(0, 2);
    for (int round = 0; round < rounds; round++) {
      for (Party party : two) {
        ModelLoad load = new ModelLoad(party.door(), question);
        load.atRate(rate, time);
        add(slow, party, load.latencies().millis(0.99));
        add(usual, party, load.latencies().millis(0.5));
        late.add(load.lateness().millis(0.99));
        count(party, load);
        party.finish();
      }
    }
    double directSlow = Latencies.middle(slow.get(two.getFirst()));
    double directUsual = Latencies.middle(usual.get(two.getFirst()));
    result.put("open_rps", rate);
    result.put("direct_p99_ms_open", directSlow);
    result.put("added_p50_ms_open", Latencies.middle(usual.get(two.get(1))) - directUsual);
    result.put("added_p99_ms_open", Latencies.middle(slow.get(two.get(1))) - directSlow);
    result.put("client_late_p99_ms", Latencies.middle(late));
  }

  private void count(Party party, ModelLoad load) {
    answeredByUs += party.isUs() ? load.latencies().size() : 0;
    if (load.failed() > 0) {
      System.err.printf(
          "bench: %s failed %d of %d: %s%n",
          party.door().name(),
          load.failed(),
          load.failed() + load.latencies().size(),
          load.firstFailure());
      result.put(party.prefix() + "failed", load.failed());
    }
  }

  private static void add(Map<Party, List<Double>> all, Party party, double value) {
    all.computeIfAbsent(party, _ -> new ArrayList<>()).add(value);
  }
}
