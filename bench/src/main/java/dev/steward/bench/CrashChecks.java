// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What must hold after a kill, and how often it did not.
final class CrashChecks {
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);
  private static final int SAMPLE = 20;
  private static final int PAGE = 500;
  private static final int MODEL_CALLS = SpanSource.SPANS_IN_TRACE / 2;
  private static final int TOOL_CALLS = SpanSource.SPANS_IN_TRACE - 1 - MODEL_CALLS;

  private final CommandLoad commands;
  private final Set<String> acknowledged = new HashSet<>();
  private long lost;
  private long duplicated;
  private long commandsLost;
  private long keysAcknowledged;
  private long countsWrong;
  private long unproven;

  CrashChecks(CommandLoad commands) {
    this.commands = commands;
  }

  /// @param exitCode of `steward verify`
  void ledger(int exitCode) {
    unproven += exitCode == 0 ? 0 : 1;
  }

  /// Counts, and these traces: all by their runs' figures, some span by span. Returns how many.
  int afterKill(StewardServer server, List<String> traces, Random random)
      throws IOException, InterruptedException {
    acknowledged.addAll(traces);
    server.awaitHistory(DRAIN_LIMIT);
    StewardServer.Counts counts = server.drained(DRAIN_LIMIT);
    boolean right =
        counts.addUp()
            && counts.deadLetters() == 0
            && counts.loaded() >= (long) acknowledged.size() * SpanSource.SPANS_IN_TRACE;
    countsWrong += right ? 0 : 1;
    duplicated = Math.max(duplicated, counts.duplicates());
    look(traces, newest(server, traces));
    List<String> sample = new ArrayList<>(traces);
    Collections.shuffle(sample, random);
    for (String trace : sample.subList(0, Math.min(SAMPLE, sample.size()))) {
      lookClosely(server, trace);
    }
    lookForKeys(server);
    return traces.size();
  }

  /// Everything ever acknowledged, by the figures of all runs there are.
  void everything(StewardServer server) throws IOException, InterruptedException {
    Map<String, List<JsonNode>> runs = new HashMap<>();
    collect(server, runs, Set.of());
    look(acknowledged, runs);
    long stored = (long) runs.size() * SpanSource.SPANS_IN_TRACE;
    countsWrong += server.counts().loaded() == stored ? 0 : 1;
    lookForAgents(server);
  }

  void tell(Result result) {
    result.put("acknowledged_spans", (long) acknowledged.size() * SpanSource.SPANS_IN_TRACE);
    result.put("acknowledged_commands", commands.agents().size() + keysAcknowledged);
    result.put("lost", lost);
    result.put("duplicated", duplicated);
    result.put("commands_lost", commandsLost);
    result.put("counts_wrong", countsWrong);
    result.put("ledgers_unproven", unproven);
  }

  /// Runs by trace, the newest first, until all these traces are among them.
  private static Map<String, List<JsonNode>> newest(StewardServer server, List<String> traces)
      throws IOException, InterruptedException {
    Map<String, List<JsonNode>> runs = new HashMap<>();
    if (!traces.isEmpty()) {
      collect(server, runs, new HashSet<>(traces));
    }
    return runs;
  }

  private static void collect(
      StewardServer server, Map<String, List<JsonNode>> runs, Set<String> wanted)
      throws IOException, InterruptedException {
    Set<String> missing = new HashSet<>(wanted);
    String next = "";
    do {
      JsonNode page =
          server.get("/api/v1/runs?limit=" + PAGE + (next.isEmpty() ? "" : "&cursor=" + next));
      for (JsonNode run : page.required("items")) {
        String trace = run.required("traceId").asString();
        runs.computeIfAbsent(trace, _ -> new ArrayList<>()).add(run);
        missing.remove(trace);
      }
      next = page.path("next").asString("");
    } while (!next.isEmpty() && (wanted.isEmpty() || !missing.isEmpty()));
  }

  private void look(Collection<String> traces, Map<String, List<JsonNode>> runs) {
    for (String trace : traces) {
      List<JsonNode> there = runs.getOrDefault(trace, List.of());
      long spans = 0;
      for (JsonNode run : there) {
        spans += 1 + run.required("modelCalls").asLong() + run.required("toolCalls").asLong();
      }
      long wanted = 1L + MODEL_CALLS + TOOL_CALLS;
      lost += Math.max(0, wanted - spans);
      duplicated += Math.max(0, spans - wanted);
    }
  }

  private void lookClosely(StewardServer server, String trace)
      throws IOException, InterruptedException {
    Set<String> found = new HashSet<>();
    int rows = 0;
    for (JsonNode span : server.get("/api/v1/runs/" + trace).required("spans")) {
      found.add(span.required("spanId").asString());
      rows++;
    }
    lost += SpanSource.SPANS_IN_TRACE - found.size();
    duplicated += rows - found.size();
  }

  /// The keys issued since the last kill; the API lists the newest.
  private void lookForKeys(StewardServer server) throws IOException, InterruptedException {
    Set<String> there = new HashSet<>();
    for (JsonNode key : server.get("/api/v1/keys?limit=" + PAGE).required("items")) {
      there.add(key.required("id").asString());
    }
    for (String key = commands.keys().poll(); key != null; key = commands.keys().poll()) {
      keysAcknowledged++;
      commandsLost += there.contains(key) ? 0 : 1;
    }
  }

  private void lookForAgents(StewardServer server) throws IOException, InterruptedException {
    Set<String> there = new HashSet<>();
    String next = "";
    do {
      JsonNode page =
          server.get("/api/v1/agents?limit=" + PAGE + (next.isEmpty() ? "" : "&cursor=" + next));
      for (JsonNode agent : page.required("items")) {
        there.add(agent.required("name").asString());
      }
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    for (String agent : commands.agents()) {
      commandsLost += there.contains(agent) ? 0 : 1;
    }
  }

  @Override
  public String toString() {
    return "lost %d, duplicated %d, commands lost %d, counts wrong %d, ledgers unproven %d"
        .formatted(lost, duplicated, commandsLost, countsWrong, unproven);
  }
}
