// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Asker;
import dev.steward.bench.model.Door;
import dev.steward.bench.model.Heard;
import dev.steward.bench.model.Question;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A thousand calls at once for the last dollar of a budget, beside the same calls without any
/// budget and with one that is wide: how far it is overshot, and what keeping it costs.
final class BudgetBench {
  private static final int RACING = Bench.setting("BENCH_RACING", 1_000);
  private static final int ROUNDS = Bench.setting("BENCH_ROUNDS", 5);
  private static final int WARM_UP_CLIENTS = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(Bench.setting("BENCH_WARM_UP", 15));
  private static final BigDecimal LIMIT = BigDecimal.ONE;

  /// So dear that all of them together would cost more than ten times what is left.
  private static final String PRICE =
      """
      apiVersion: steward/v1
      kind: Price
      metadata: {name: bench}
      spec: {provider: openai, model: gpt-5, perMillion: {input: 12.5, output: 100}, validFrom: 2026-01-01}
      """;

  private static final BigDecimal PER_INPUT = new BigDecimal("0.0000125");
  private static final BigDecimal PER_OUTPUT = new BigDecimal("0.0001");

  private static final Pattern TOLD_USAGE =
      Pattern.compile("\"prompt_tokens\":(\\d+),\"completion_tokens\":(\\d+)");

  private static final String BUDGET =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: %s}
      spec: {scope: {agent: %s}, window: month, limit: {cost: %s, currency: USD}}
      """;

  private final Question question = Question.obeyed(1_000, new Talk(new Random(7))::text);
  private BigDecimal overshoot = BigDecimal.ZERO;
  private BigDecimal booked = BigDecimal.ZERO;
  private BigDecimal unused = BigDecimal.ZERO;
  private long answered;
  private long refused;

  void run(Result result) throws Exception {
    Path data = Path.of("bench", "target", "budget-data");
    try (Mock mock = Mock.start();
        GovernedServer steward = GovernedServer.withoutBudgets(data, mock)) {
      steward.apply(PRICE);
      Door floor = steward.agent("no-budget");
      new ModelLoad(floor, question).saturate(WARM_UP_CLIENTS, WARM_UP);
      new Race(floor).run();
      Times without = new Times();
      for (int round = 0; round < ROUNDS; round++) {
        without.add(new Race(floor).run());
      }
      Door wide = steward.agent("wide-budget");
      steward.apply(BUDGET.formatted("wide", "wide-budget", 1_000_000));
      new Race(wide).run();
      Times with = new Times();
      for (int round = 0; round < ROUNDS; round++) {
        with.add(new Race(wide).run());
      }
      for (int round = 0; round < ROUNDS; round++) {
        lastDollar(steward, "last-dollar-" + round);
      }
      result.put("racing", RACING);
      result.put("rounds", ROUNDS);
      result.put("overshoot_usd", overshoot.doubleValue());
      result.put("answered", answered);
      result.put("refused", refused);
      result.put("unused_usd_max", unused.doubleValue());
      result.put("booked_differs_usd", booked.doubleValue());
      without.tell("floor_", result);
      with.tell("", result);
    }
    Program.delete(data);
  }

  private void lastDollar(GovernedServer steward, String agent)
      throws IOException, InterruptedException {
    Door door = steward.agent(agent);
    steward.apply(BUDGET.formatted(agent, agent, LIMIT));
    Race race = new Race(door).run();
    if (race.answered() + race.refused() != RACING) {
      throw new IOException("some calls were neither answered nor refused: " + race.failures);
    }
    BigDecimal spent = race.spent();
    answered += race.answered();
    refused += race.refused();
    overshoot = overshoot.max(spent.subtract(LIMIT));
    unused = unused.max(LIMIT.subtract(spent));
    booked = booked.max(spent.subtract(used(steward, agent)).abs());
  }

  private static BigDecimal used(GovernedServer steward, String budget)
      throws IOException, InterruptedException {
    for (JsonNode item : steward.server().get("/api/v1/budgets").required("items")) {
      if (item.required("name").asString().equals(budget)) {
        return new BigDecimal(item.required("used").asString());
      }
    }
    throw new IOException("there is no budget " + budget);
  }

  /// What the races of one kind took.
  private static final class Times {
    private final List<Double> usual = new ArrayList<>();
    private final List<Double> slow = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    void add(Race race) throws IOException {
      if (race.answered() != RACING) {
        throw new IOException(
            "only %d of %d were answered: %s".formatted(race.answered(), RACING, race.failures));
      }
      usual.add(race.times.millis(0.5));
      slow.add(race.times.millis(0.99));
      rates.add(race.rate);
    }

    void tell(String prefix, Result result) {
      result.put(prefix + "p50_ms", Latencies.middle(usual));
      result.put(prefix + "p99_ms", Latencies.middle(slow));
      result.put(prefix + "rps", Latencies.middle(rates));
    }
  }

  /// Calls that are sent at the same moment, each on a connection of its own.
  private final class Race {
    private final Door door;
    private final Latencies times = new Latencies();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final Set<String> failures = ConcurrentHashMap.newKeySet();
    private double rate;

    private Race(Door door) {
      this.door = door;
    }

    private Race run() throws IOException, InterruptedException {
      CountDownLatch go = new CountDownLatch(1);
      List<Asker> askers = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < RACING; i++) {
        Asker asker = door.open(question);
        askers.add(asker);
        threads.add(Thread.ofVirtual().start(() -> ask(asker, go)));
      }
      long start = System.nanoTime();
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      rate = RACING / ((System.nanoTime() - start) / 1e9);
      for (Asker asker : askers) {
        asker.close();
      }
      return this;
    }

    private void ask(Asker asker, CountDownLatch go) {
      try {
        go.await();
        long sent = System.nanoTime();
        Heard one = asker.hear();
        heard.add(one);
        times.add(one.lastNanos() - sent);
      } catch (IOException e) {
        failures.add(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private long answered() {
      return count(200);
    }

    private long refused() {
      return count(429);
    }

    private long count(int status) {
      return heard.stream().filter(one -> one.status() == status).count();
    }

    /// What the provider's own word on each answer comes to.
    private BigDecimal spent() throws IOException {
      BigDecimal spent = BigDecimal.ZERO;
      for (Heard one : heard) {
        if (one.status() == 200) {
          Matcher usage = TOLD_USAGE.matcher(one.said());
          if (!usage.find()) {
            throw new IOException("an answer without usage: " + one.said());
          }
          spent =
              spent
                  .add(PER_INPUT.multiply(new BigDecimal(usage.group(1))))
                  .add(PER_OUTPUT.multiply(new BigDecimal(usage.group(2))));
        }
      }
      return spent;
    }
  }
}
