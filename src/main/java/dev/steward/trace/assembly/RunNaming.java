// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.SpanKind;
import dev.steward.domain.rollout.Assigned;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Says what a run is called, to whom it belongs, where it stands and how it ended.
final class RunNaming {
  private static final Duration SKEW_MAX = Duration.ofMinutes(5);
  private static final Comparator<Evaluation> BY_TIME =
      Comparator.comparing(Evaluation::at)
          .thenComparing(Evaluation::name)
          .thenComparing(Evaluation::by)
          .thenComparing(evaluation -> String.valueOf(evaluation.label()))
          .thenComparing(evaluation -> String.valueOf(evaluation.score()));

  private final Kinship kin;
  private final int[] positions;
  private final @Nullable SpanFacts root;
  private final String id;
  private final String traceId;

  /// @param rootAt position of the root, -1 when it has not arrived
  RunNaming(Kinship kin, int[] positions, int rootAt, boolean alone) {
    this.kin = kin;
    this.positions = positions;
    this.root = rootAt < 0 ? null : kin.get(rootAt);
    this.traceId = kin.get(positions[0]).key().traceId();
    this.id = id(kin, rootAt, alone);
  }

  /// @param rootAt position of the root, -1 when it has not arrived
  static String id(Kinship kin, int rootAt, boolean alone) {
    SpanKey first = kin.get(Math.max(rootAt, 0)).key();
    return alone || rootAt < 0 ? first.traceId() : first.traceId() + "-" + first.spanId();
  }

  AssembledRun name(
      AgentDirectory directory,
      VersionPins pins,
      RunTally tally,
      Collection<Evaluation> evaluations) {
    String agent = agent();
    AgentDirectory.@Nullable Listing listing = directory.find(agent).orElse(null);
    String environment = said(Origin::environment, "");
    String version = version(directory, pins, agent, environment);
    String workflow = first(Origin::workflow);
    if (workflow == null && listing != null && !listing.onlyWorkflow().isEmpty()) {
      workflow = listing.onlyWorkflow();
    }
    RunStatus status = status(tally);
    Ending ending = outcome(evaluations, listing, tally);
    Instant ended = root != null && !gatewaysRoot() ? root.endedAt() : latest(SpanFacts::endedAt);
    Ungoverned ungoverned = Ungoverned.of(kin, tally, agent, environment, directory);
    Run run =
        new Run(
            id,
            traceId,
            root == null ? null : root.key().spanId(),
            agent,
            listing != null,
            version,
            environment,
            listing == null ? "" : listing.team(),
            workflow,
            said(Origin::task, id),
            first(Origin::conversation),
            status,
            ending.label(),
            ending.score(),
            startedAt(),
            status.open() ? null : ended,
            latest(SpanFacts::received),
            positions.length,
            tally.steps(),
            tally.modelCalls(),
            tally.toolCalls(),
            tally.errors(),
            tally.inputTokens(),
            tally.outputTokens(),
            tally.cost(),
            title(),
            skewed(),
            ungoverned.models(),
            ungoverned.tools());
    return new AssembledRun(
        run,
        ended,
        firstSeen(),
        tally.models(),
        tally.tools(),
        tally.sources(),
        tally.services(),
        tally.lines().stream().map(line -> spent(line, run, directory, pins)).toList(),
        ungoverned.since());
  }

  /// A sub-agent's cost is its own, with its version and its team.
  private CostLine spent(CostLine line, Run run, AgentDirectory directory, VersionPins pins) {
    String agent = line.agent();
    if (agent.equals(ActingAgents.OWN) || agent.equals(run.agent())) {
      return line.by(run.agent(), run.version(), run.team());
    }
    String stated = first(origin -> agent.equals(origin.agent()) ? origin.version() : null);
    return line.by(
        agent,
        stated != null
            ? stated
            : pins.version(directory, agent, run.environment(), this::who, run.startedAt()),
        directory.find(agent).map(AgentDirectory.Listing::team).orElse(""));
  }

  /// Who holds the key that the root came with; no name that a span claims stands above it.
  private String agent() {
    String sender = root == null ? first(Origin::sender) : root.origin().sender();
    if (sender != null) {
      return sender;
    }
    String agent = first(Origin::agent);
    if (agent != null) {
      return agent;
    }
    if (root != null && root.kind() == SpanKind.AGENT && root.origin().service().isEmpty()) {
      return "unknown";
    }
    String service = kin.get(positions[0]).origin().service();
    return service.isEmpty() ? "unknown" : service;
  }

  /// What the root says, else the earliest span that says anything.
  private @Nullable String first(Function<Origin, @Nullable String> fact) {
    if (root != null) {
      String ofRoot = fact.apply(root.origin());
      if (ofRoot != null && !ofRoot.isEmpty()) {
        return ofRoot;
      }
    }
    for (int at : positions) {
      String value = fact.apply(kin.get(at).origin());
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  private String said(Function<Origin, @Nullable String> fact, String otherwise) {
    String value = first(fact);
    return value == null ? otherwise : value;
  }

  /// A sub-agent's version is not the run's.
  private String version(
      AgentDirectory directory, VersionPins pins, String agent, String environment) {
    String stated =
        first(origin ->
            origin.agent() == null || origin.agent().equals(agent) ? origin.version() : null);
    return stated != null
        ? stated
        : pins.version(directory, agent, environment, this::who, startedAt());
  }

  private Instant startedAt() {
    return root != null ? root.startedAt() : kin.get(positions[0]).startedAt();
  }

  /// To whom a version is given where one is tried, as the gateways would.
  private Assigned who() {
    return Assigned.of(
        said(Origin::conversation, ""), said(Origin::user, ""), said(Origin::run, traceId));
  }

  private RunStatus status(RunTally tally) {
    if (root != null && root.teller() != Teller.GATEWAY_AT_WORK) {
      return root.failed() ? RunStatus.FAILED : RunStatus.FINISHED;
    }
    SpanFacts last = kin.get(positions[0]);
    for (int at : positions) {
      if (kin.get(at).endedAt().isAfter(last.endedAt())) {
        last = kin.get(at);
      }
    }
    if (last.waiting()) {
      return RunStatus.WAITING;
    }
    return tally.steps() == 0 ? RunStatus.STARTED : RunStatus.WORKING;
  }

  /// The gateway does not write a run's span again with every call.
  private boolean gatewaysRoot() {
    return root != null && root.teller().gateway() && root.kind() == SpanKind.AGENT;
  }

  private record Ending(@Nullable String label, @Nullable Double score) {}

  private Ending outcome(
      Collection<Evaluation> evaluations,
      AgentDirectory.@Nullable Listing listing,
      RunTally tally) {
    Ending told = told(evaluations);
    if (told.label() != null || told.score() != null) {
      return told;
    }
    if (listing != null) {
      for (AgentDirectory.OutcomeRule rule : listing.outcomeRules()) {
        boolean done = tally.toolsDone().stream().anyMatch(tool -> sameTool(tool, rule.tool()));
        if (done) {
          return new Ending(rule.label(), null);
        }
      }
    }
    return new Ending(null, null);
  }

  /// The newest label and the newest score: who adds the one does not take back the other.
  private Ending told(Collection<Evaluation> evaluations) {
    String label = null;
    Double score = null;
    for (Evaluation said : evaluations.stream().sorted(BY_TIME).toList()) {
      if (said.outcome() && concerns(said)) {
        label = said.label() != null ? said.label() : label;
        score = said.score() != null ? said.score() : score;
      }
    }
    return new Ending(label, score);
  }

  /// By the whole name, or by the tool's own where one of the two does not name the server.
  private static boolean sameTool(String called, String ruled) {
    return called.equals(ruled) || called.endsWith("/" + ruled) || ruled.endsWith("/" + called);
  }

  private boolean concerns(Evaluation evaluation) {
    if (evaluation.spanId() == null) {
      return true;
    }
    for (int at : positions) {
      if (kin.get(at).key().spanId().equals(evaluation.spanId())) {
        return true;
      }
    }
    return false;
  }

  private String title() {
    for (int at : positions) {
      if (!kin.get(at).title().isEmpty()) {
        return kin.get(at).title();
      }
    }
    return "";
  }

  private Instant latest(Function<SpanFacts, Instant> time) {
    Instant latest = Instant.MIN;
    for (int at : positions) {
      Instant one = time.apply(kin.get(at));
      latest = one.isAfter(latest) ? one : latest;
    }
    return latest;
  }

  private Instant firstSeen() {
    Instant first = Instant.MAX;
    for (int at : positions) {
      Instant received = kin.get(at).received();
      first = received.isBefore(first) ? received : first;
    }
    return first;
  }

  /// A span that ends after it was received comes from a clock that is ahead. One that is behind
  /// cannot be told from a span that was sent late, which buffers and imports do all the time.
  private boolean skewed() {
    for (int at : positions) {
      Duration ahead = Duration.between(kin.get(at).received(), kin.get(at).endedAt());
      if (ahead.compareTo(SKEW_MAX) <= 0) {
        return false;
      }
    }
    return true;
  }
}
