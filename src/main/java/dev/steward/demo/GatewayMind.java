// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.Asking;
import dev.steward.demo.talk.Line;
import dev.steward.demo.talk.ModelClient;
import dev.steward.demo.talk.Prompter;
import dev.steward.demo.talk.RefusedException;
import dev.steward.demo.talk.Said;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// A model that is asked through the model gateway, with the agent's own key.
final class GatewayMind implements Mind {
  private static final String USE = "main";

  private final ModelClient models;
  private final Prompter prompter;
  private final Map<String, String> keys;
  private final Role role;
  private final RandomGenerator dice;
  private final Counts counts;

  /// What the agents met at the gateway.
  static final class Counts {
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    long calls() {
      return calls.get();
    }

    long refused() {
      return refused.get();
    }
  }

  /// @param keys of the agents, by agent
  GatewayMind(
      ModelClient models,
      Prompter prompter,
      Map<String, String> keys,
      Role role,
      RandomGenerator dice,
      Counts counts) {
    this.models = models;
    this.prompter = prompter;
    this.keys = Map.copyOf(keys);
    this.role = role;
    this.dice = dice;
    this.counts = counts;
  }

  @Override
  public Thought think(Wish wish, Timeline timeline) throws InterruptedException {
    counts.calls.incrementAndGet();
    try (Prompter.Cue cue = prompter.put(cueOf(wish), line(wish))) {
      Said said = models.ask(asking(wish, cue), wish.model());
      return new Thought(
          said.message(), said.model(), said.response(), said.inputTokens(), said.outputTokens());
    } catch (RefusedException e) {
      counts.refused.incrementAndGet();
      throw e;
    }
  }

  /// No two calls have the same.
  private static String cueOf(Wish wish) {
    return wish.span().getSpanContext().getSpanId();
  }

  private Line line(Wish wish) {
    Line spoken = new Line(wish.line(), 0, Duration.ZERO, Duration.ZERO, List.of());
    Duration all = wish.model().takes(spoken.outputTokens(), dice);
    Duration first = Duration.ofMillis(wish.model().firstTokenMillis());
    first = first.compareTo(all) < 0 ? first : all;
    return new Line(
        wish.line(), wish.model().thinking(dice), first, all.minus(first), wish.troubles());
  }

  /// Whom work is passed on to passes none on.
  private List<String> tools(String agent) {
    return agent.equals(role.agent())
        ? role.tools()
        : role.tools().stream().filter(tool -> !tool.equals("delegate")).toList();
  }

  private Asking asking(Wish wish, Prompter.Cue cue) {
    Map<String, String> headers = new LinkedHashMap<>();
    SpanContext span = wish.span().getSpanContext();
    headers.put("traceparent", "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01");
    headers.put("x-steward-conversation", wish.matter().conversation());
    headers.put("x-steward-workflow", wish.matter().workflow());
    headers.put("x-steward-task", wish.matter().task());
    headers.put(Prompter.HEADER, cue.id());
    headers.values().removeIf(String::isEmpty);
    String key = keys.get(wish.agent());
    if (key == null) {
      throw new IllegalStateException("no key for the agent " + wish.agent());
    }
    return new Asking(
        key,
        USE,
        wish.instructions(),
        wish.messages(),
        tools(wish.agent()),
        role.streams(),
        headers);
  }
}
