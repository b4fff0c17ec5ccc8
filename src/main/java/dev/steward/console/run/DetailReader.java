// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.conversation.Conversation;
import dev.steward.console.conversation.SpanWords;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.step.ApprovalFacts;
import dev.steward.console.step.ProposedCalls;
import dev.steward.console.step.RawAttributes;
import dev.steward.console.step.StepDetail;
import dev.steward.console.step.StepDetail.Fact;
import dev.steward.console.step.StepDetail.Group;
import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.insight.finding.Words;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.graph.AgentGraph;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the detail of a span.
record DetailReader(Moments moments, boolean readsContent, ContextFills fills) {

  StepDetail detail(Span span) {
    List<Group> groups = new ArrayList<>();
    groups.add(new Group("", false, facts(span)));
    if (span.model() != null) {
      groups.add(new Group("Model", false, model(span, span.model(), span.usage())));
    }
    Enforced.of(span).ifPresent(done -> groups.add(new Group("Gateway", false, gateway(done))));
    Enforced.of(span)
        .ifPresent(done -> add(groups, "Proposed tool calls", ProposedCalls.facts(done)));
    add(groups, "Approval", ApprovalFacts.of(span));
    if (span.tool() != null) {
      groups.add(new Group("Tool", false, tool(span.tool())));
    }
    add(groups, "Cost beside tokens", charges(span.charges()));
    RawAttributes raw = new RawAttributes(readsContent);
    add(groups, "Attributes", raw.facts(span.raw().attributesJson()));
    span.raw()
        .events()
        .forEach(event -> add(groups, "Event " + event.name(), raw.facts(event.attributesJson())));
    add(groups, "Resource", raw.facts(span.raw().resourceJson()));
    add(groups, "Links", links(span));
    String node = AgentGraph.nodeOf(span);
    return new StepDetail(
        "s-" + span.key().spanId(),
        span.key().spanId(),
        node == null ? "" : node,
        Waterfall.name(span),
        Waterfall.kind(span.kind()),
        groups,
        readsContent ? "" : "What was said and free text in attributes are not shown to you.");
  }

  private static void add(List<Group> groups, String title, List<Fact> facts) {
    if (!facts.isEmpty()) {
      groups.add(new Group(title, !title.equals("Attributes") && !title.startsWith("Cost"), facts));
    }
  }

  private List<Fact> facts(Span span) {
    List<Fact> facts = new ArrayList<>();
    if (span.status() == Span.Status.ERROR) {
      facts.add(
          new Fact(
              "Failed",
              span.error() == null
                  ? "no reason given"
                  : readsContent ? span.error() : "reason hidden",
              "critical",
              false));
    }
    facts.add(Fact.of("Started", moments.of(span.startedAt()).exact()));
    facts.add(Fact.code("Took", Took.of(span.duration())));
    Duration late = Duration.between(span.endedAt(), span.received());
    facts.add(
        Fact.code("Received", (late.isNegative() ? "0 ms" : Took.of(late)) + " after its end"));
    Origin origin = span.origin();
    optional(facts, "Agent", span.agentName());
    optional(facts, "Sent by", origin.sender());
    optional(facts, "Version", origin.version());
    optional(facts, "Environment", origin.environment());
    optional(facts, "Service", origin.service());
    optional(facts, "Workflow", origin.workflow());
    optional(facts, "Task", origin.task());
    optional(facts, "End user", origin.user());
    facts.add(Fact.code("Span", span.key().spanId()));
    facts.add(Fact.of("Read as", span.raw().dialect()));
    return facts;
  }

  private List<Fact> model(Span span, ModelFacts model, @Nullable Usage usage) {
    List<Fact> facts = new ArrayList<>();
    optional(facts, "Answered by", model.responseModel());
    optional(facts, "Asked for", model.requestModel());
    optional(facts, "Provider", model.provider());
    if (usage != null) {
      facts.add(Fact.code("Tokens in", tokens(usage.input(), usage.cacheRead(), " from cache")));
      facts.add(Fact.code("Tokens out", tokens(usage.output(), usage.reasoning(), " reasoning")));
    }
    if (span.kind() == SpanKind.MODEL && usage != null) {
      facts.add(window(span));
    }
    facts.addAll(cost(span.cost()));
    if (!model.finishReasons().isEmpty()) {
      String reasons = String.join(", ", model.finishReasons());
      facts.add(
          Conversation.cutOff(span)
              ? new Fact("Finished by", reasons + ": cut off", "warning", false)
              : Fact.of("Finished by", reasons));
    }
    if (model.firstChunkSeconds() != null) {
      facts.add(
          Fact.code(
              "First chunk", Took.of(Duration.ofNanos((long) (model.firstChunkSeconds() * 1e9)))));
    }
    facts.addAll(new RawAttributes(true).facts(model.parametersJson()));
    optional(facts, "Response", model.responseId());
    return facts;
  }

  private static List<Fact> gateway(Enforced done) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Decision",
            done.denied()
                ? "refused: " + done.refusal()
                : done.decision().equals("require_approval") ? "waits for people" : "let through",
            done.denied() ? "critical" : "",
            false));
    if (!done.denied()) {
      optional(facts, "Failed", done.refusal());
    }
    optional(facts, "Provider", done.upstream());
    optional(facts, "Ended", done.note());
    for (String flag : done.flags()) {
      facts.add(new Fact("Flagged", "the run " + flag, "warning", false));
    }
    for (String change : done.undeclared()) {
      facts.add(new Fact("Undeclared change", "the process " + change, "warning", false));
    }
    int number = 0;
    for (Enforced.Attempt attempt : done.attempts()) {
      number++;
      facts.add(Fact.code("Try " + number, SpanWords.attempt(attempt)));
    }
    return facts;
  }

  private Fact window(Span span) {
    return fills
        .of(span)
        .map(fill -> new Fact("Window", fill.words(), fill.nearlyFull() ? "warning" : "", true))
        .orElse(Fact.of("Window", "size unknown"));
  }

  private static String tokens(@Nullable Long all, long part, String what) {
    if (all == null) {
      return "unknown";
    }
    return Figures.exact(all) + (part == 0 ? "" : ", " + Figures.exact(part) + what);
  }

  private static List<Fact> cost(@Nullable Cost cost) {
    return switch (cost) {
      case null -> List.of();
      case Cost.Known known ->
          List.of(
              Fact.code("Cost", known.amount().toPlainString() + " " + known.currency()),
              Fact.of("Said by", CostText.source(known)));
      case Cost.Unknown unknown -> List.of(Fact.of("Cost", "unknown: " + unknown.reason()));
    };
  }

  private static List<Fact> charges(List<Charge> charges) {
    List<Fact> facts = new ArrayList<>();
    for (Charge charge : charges) {
      BigDecimal quantity = charge.quantity();
      String unit = charge.what().unit().replace('-', ' ') + (one(quantity) ? "" : "s");
      String count = quantity == null ? "" : quantity.toPlainString() + " " + unit;
      String cost =
          switch (charge.cost()) {
            case Cost.Known known -> known.amount().toPlainString() + " " + known.currency();
            case Cost.Unknown unknown -> "unknown: " + unknown.reason();
          };
      String name = charge.what().word();
      facts.add(Fact.code(Words.begin(name), cost + (count.isEmpty() ? "" : ", " + count)));
      optional(facts, "Paid to", charge.provider());
    }
    return facts;
  }

  private static boolean one(@Nullable BigDecimal quantity) {
    return quantity != null && quantity.compareTo(BigDecimal.ONE) == 0;
  }

  private static List<Fact> tool(ToolFacts tool) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.code("Name", tool.name()));
    optional(facts, "Server", tool.server());
    optional(facts, "Type", tool.type());
    optional(facts, "Call", tool.callId());
    return facts;
  }

  private static List<Fact> links(Span span) {
    return span.raw().links().stream()
        .map(link -> Fact.code("Trace", link.target().traceId() + " " + link.target().spanId()))
        .toList();
  }

  private static void optional(List<Fact> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(Fact.of(name, value));
    }
  }
}
