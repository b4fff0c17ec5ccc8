// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.timeline;

import dev.steward.control.baseline.DriftAddress;
import dev.steward.control.chronicle.Chronicle;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.Event;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.resource.Budget;
import dev.steward.insight.timeline.Moment.Kind;
import dev.steward.insight.timeline.Moment.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the entries of the ledger say of one agent.
final class LedgerMoments {
  /// Types of the events that are told.
  static final Set<String> TYPES =
      Set.of(
          "VersionPutInForce",
          "ReleaseStarted",
          "ReleaseMoved",
          "ReleaseAgreed",
          "CanaryBegan",
          "CanaryWeighed",
          "CopilotBegan",
          "BlueGreenBegan",
          "ShadowBegan",
          "Switched",
          "CanaryJudged",
          "RolledBack",
          "Killed",
          "RestoreProposed",
          "Restored",
          "ChangeProposed",
          "ChangeAccepted",
          "ChangeRejected",
          "BudgetToppedUp",
          "DataSourceTold",
          "BaselineLearnt",
          "BaselineLetGo",
          "DriftFound",
          "DriftClosed",
          "IncidentOpened",
          "IncidentNoted",
          "IncidentReported",
          "IncidentChanged");

  private static final int SHOWN = 12;

  private final State state;
  private final String agent;
  private final Pattern named;

  /// Where releases of the agent go to, by their id.
  private final Map<String, String> releases = new HashMap<>();

  /// What kills that concern it mean, by their id.
  private final Map<String, Selector> kills = new HashMap<>();

  private final Set<String> proposals = new HashSet<>();
  private final IncidentMoments incidents;
  private final List<Moment> moments = new ArrayList<>();

  LedgerMoments(State state, String agent) {
    this.state = state;
    this.agent = agent;
    this.incidents = new IncidentMoments(state);
    this.named = Pattern.compile("(?<![\\w./-])" + Pattern.quote(agent) + "(?![\\w/-])");
    for (ReleaseRecord record : state.releases().all()) {
      if (record.release().agent().equals(agent)) {
        releases.put(record.release().id(), record.release().to());
      }
    }
    state.kills().all().forEach(kill -> learn(kill.id(), kill.selector()));
    state
        .proposals()
        .all()
        .forEach(proposal -> {
          boolean changes =
              proposal.changes().stream().anyMatch(each -> own(each.kind(), each.key()));
          learn(proposal.id(), changes, proposal.widens());
        });
  }

  static String shown(Digest version) {
    return version.hex().substring(0, SHOWN);
  }

  List<Moment> of(List<Chronicle.Line> lines) {
    for (Chronicle.Line line : lines) {
      for (Event event : line.entry().events()) {
        add(line, event);
      }
    }
    return List.copyOf(moments);
  }

  private void add(Chronicle.Line line, Event event) {
    switch (event) {
      case Event.VersionPutInForce e -> putInForce(line, e);
      case Event.ReleaseStarted e -> started(line, e);
      case Event.ReleaseMoved e -> moved(line, e);
      case Event.ReleaseAgreed e ->
          release(line, e.release(), Tone.PLAIN, "release to %s agreed to", e.reason());
      case Event.CanaryBegan e ->
          release(
              line,
              e.release(),
              Tone.PLAIN,
              "canary in %s begun with " + CanaryTerms.percent(e.weight()),
              null);
      case Event.CopilotBegan e ->
          release(line, e.release(), Tone.PLAIN, "in force in %s as a copilot: it proposes", null);
      case Event.ShadowBegan e ->
          release(line, e.release(), Tone.PLAIN, "gets copies of live calls in %s (shadow)", null);
      case Event.BlueGreenBegan e ->
          release(line, e.release(), Tone.PLAIN, "stands by in %s (blue-green)", null);
      case Event.Switched e ->
          release(
              line,
              e.release(),
              Tone.PLAIN,
              "switched in %s to "
                  + e.version().hex().substring(0, SHOWN)
                  + (e.cut() ? ", calls under way were cut" : ""),
              e.reason());
      case Event.CanaryWeighed e ->
          release(
              line,
              e.release(),
              Tone.PLAIN,
              "canary in %s given " + CanaryTerms.percent(e.weight()),
              e.reason());
      case Event.CanaryJudged e -> judged(line, e);
      case Event.RolledBack e -> rolledBack(line, e);
      case Event.Killed e -> {
        Selector selector = Selector.of(e.selector());
        learn(e.id(), selector);
        kill(line, e.id(), Tone.BAD, "killed: ", e.reason());
      }
      case Event.RestoreProposed e ->
          kill(line, e.id(), Tone.PLAIN, "a second person must want restored: ", e.reason());
      case Event.Restored e -> kill(line, e.id(), Tone.GOOD, "restored: ", e.reason());
      case Event.ChangeProposed e -> proposed(line, e);
      case Event.ChangeAccepted e ->
          proposal(line, e.id(), Tone.WARNING, "a change that widens was accepted", e.reason());
      case Event.ChangeRejected e ->
          proposal(line, e.id(), Tone.PLAIN, "a change that widens was rejected", e.reason());
      case Event.BudgetToppedUp e -> toppedUp(line, e);
      case Event.DataSourceTold e -> told(line, e);
      case Event.BaselineLearnt e ->
          drift(
              line,
              e.agent(),
              e.environment(),
              Tone.PLAIN,
              "baseline in " + e.environment() + " learnt",
              "From " + e.runs() + " runs of version " + e.version() + ".");
      case Event.BaselineLetGo e ->
          drift(
              line,
              e.agent(),
              e.environment(),
              Tone.PLAIN,
              "baseline in " + e.environment() + " let go",
              text(e.reason()));
      case Event.DriftFound e ->
          drift(
              line,
              e.agent(),
              e.environment(),
              Tone.WARNING,
              "drift in " + e.environment() + ": " + e.trait() + " went " + e.direction(),
              e.why());
      case Event.DriftClosed e ->
          drift(
              line,
              e.agent(),
              e.environment(),
              Tone.PLAIN,
              "alarm that " + e.trait() + " went " + e.direction() + " closed",
              text(e.reason()));
      case Event.IncidentOpened _,
          Event.IncidentNoted _,
          Event.IncidentReported _,
          Event.IncidentChanged _ ->
          incidents.of(line, event, agent).ifPresent(moments::add);
      case Event.ResourceDeclared _,
          Event.AgentDeclared _,
          Event.PersonDeclared _,
          Event.ResourceDeleted _,
          Event.AgentKeyIssued _,
          Event.AgentKeyRevoked _,
          Event.TokenIssued _,
          Event.TokenRevoked _,
          Event.HoldPlaced _,
          Event.HoldLifted _,
          Event.PersonErased _,
          Event.SettingChanged _,
          Event.SnapshotTaken _,
          Event.CheckpointAnchored _,
          Event.SecretSet _,
          Event.SecretDeleted _,
          Event.DrillHeld _,
          Event.LeaseTaken _,
          Event.LeaseReturned _,
          Event.ApprovalRequested _,
          Event.ApprovalAnswered _,
          Event.ApprovalUsed _,
          Event.ApprovalExpired _,
          Event.GateJudged _,
          Event.ShadowCompared _,
          Event.OfAlert _,
          Event.CheckReported _ -> {
        // They are not of its timeline, or its versions tell them.
      }
    }
  }

  /// Alone: one that comes with a release, a rollback or a declaration is told there.
  private void putInForce(Chronicle.Line line, Event.VersionPutInForce event) {
    if (!event.agent().equals(agent) || toldOtherwise(line.entry())) {
      return;
    }
    moment(
        line,
        Kind.VERSION,
        Tone.PLAIN,
        event.environment(),
        "version " + shown(event.version()) + " in force in " + event.environment(),
        "",
        "agents/" + agent);
  }

  private boolean toldOtherwise(Envelope entry) {
    for (Event event : entry.events()) {
      boolean tells =
          (event instanceof Event.AgentDeclared e && e.name().equals(agent))
              || (event instanceof Event.RolledBack back && back.agent().equals(agent))
              || (event instanceof Event.ReleaseMoved moved
                  && releases.containsKey(moved.release()));
      if (tells) {
        return true;
      }
    }
    return false;
  }

  private void started(Chronicle.Line line, Event.ReleaseStarted event) {
    if (event.agent().equals(agent)) {
      releases.put(event.id(), event.to());
      String way = event.strategy().equals("canary") ? ", as a canary" : "";
      release(
          line,
          event.id(),
          Tone.PLAIN,
          "release of " + shown(event.version()) + " to %s started" + way,
          event.reason());
    }
  }

  private void moved(Chronicle.Line line, Event.ReleaseMoved event) {
    switch (ReleaseState.of(event.state(), event.missing())) {
      case ReleaseState.Promoted _ ->
          release(line, event.release(), Tone.GOOD, "promoted in %s", event.reason());
      case ReleaseState.Held _ ->
          release(line, event.release(), Tone.WARNING, "release to %s held", event.reason());
      case ReleaseState.Refused _ ->
          release(line, event.release(), Tone.BAD, "release to %s refused", event.reason());
      case ReleaseState.RolledBack _ -> {
        boolean back = line.entry().events().stream().anyMatch(Event.RolledBack.class::isInstance);
        if (!back) {
          release(line, event.release(), Tone.BAD, "release to %s rolled back", event.reason());
        }
      }
      case ReleaseState.WaitingForGates(List<String> gates) ->
          waits(line, event, "release to %s waits for " + String.join(", ", gates));
      case ReleaseState.WaitingForApprovals(List<String> people) ->
          waits(line, event, "release to %s waits for people: " + String.join(", ", people));
      case ReleaseState.RollingOut _ -> {
        // Its canary is told, and its end.
      }
    }
  }

  private void waits(Chronicle.Line line, Event.ReleaseMoved event, String words) {
    release(line, event.release(), Tone.PLAIN, words, null);
  }

  private void judged(Chronicle.Line line, Event.CanaryJudged event) {
    String environment = releases.get(event.release());
    if (environment == null) {
      return;
    }
    Tone tone =
        CanaryVerdict.of(event.verdict())
            .map(verdict ->
                switch (verdict) {
                  case PROMOTE -> Tone.GOOD;
                  case ROLL_BACK -> Tone.BAD;
                  case INCONCLUSIVE -> Tone.WARNING;
                  case HOLD -> Tone.PLAIN;
                })
            .orElse(Tone.PLAIN);
    moment(
        line,
        Kind.VERDICT,
        tone,
        environment,
        "verdict on the canary in " + environment + ": " + event.verdict().replace('-', ' '),
        event.why(),
        "releases/" + event.release());
  }

  private void rolledBack(Chronicle.Line line, Event.RolledBack event) {
    if (event.agent().equals(agent)) {
      moment(
          line,
          Kind.RELEASE,
          Tone.BAD,
          event.environment(),
          "rolled back in %s from %s to %s"
              .formatted(event.environment(), shown(event.withdrawn()), shown(event.version())),
          "Cause: " + event.cause() + ". " + text(event.reason()),
          "agents/" + agent);
    }
  }

  /// @param words with a place for the environment
  private void release(
      Chronicle.Line line, String id, Tone tone, String words, @Nullable Digest reason) {
    String environment = releases.get(id);
    if (environment != null) {
      moment(
          line,
          Kind.RELEASE,
          tone,
          environment,
          words.replace("%s", environment),
          text(reason),
          "releases/" + id);
    }
  }

  private void learn(String id, Selector selector) {
    if (concerns(selector)) {
      kills.put(id, selector);
    }
  }

  /// Whether it stops the agent itself, and not only what it uses or one of its runs.
  private boolean concerns(Selector selector) {
    String wanted = selector.value(Part.AGENT);
    if (!wanted.isEmpty()) {
      return wanted.equals(agent);
    }
    String version = selector.value(Part.VERSION);
    if (!version.isEmpty()) {
      return state.versions(agent).stream()
          .anyMatch(entry -> entry.version().hex().startsWith(version));
    }
    Map<String, String> labels =
        state.agent(agent).map(each -> each.metadata().labels()).orElse(Map.of());
    return labels.entrySet().containsAll(selector.labels().entrySet())
        && selector.parts().keySet().stream().allMatch(part -> part == Part.ENVIRONMENT);
  }

  private void kill(Chronicle.Line line, String id, Tone tone, String words, Digest reason) {
    Selector selector = kills.get(id);
    if (selector != null) {
      moment(
          line,
          Kind.KILL,
          tone,
          selector.value(Part.ENVIRONMENT),
          words + selector.plainly(),
          text(reason),
          "stops");
    }
  }

  private boolean own(String kind, String key) {
    return kind.equals("Agent") && key.equals(agent);
  }

  private boolean learn(String id, boolean changes, List<String> widens) {
    boolean concerns = changes || widens.stream().anyMatch(words -> named.matcher(words).find());
    if (concerns) {
      proposals.add(id);
    }
    return concerns;
  }

  private void proposed(Chronicle.Line line, Event.ChangeProposed event) {
    boolean changes = event.changes().stream().anyMatch(each -> own(each.kind(), each.key()));
    if (learn(event.id(), changes, event.widens())) {
      moment(
          line,
          Kind.PROPOSAL,
          Tone.WARNING,
          "",
          "a change that widens was proposed",
          String.join("; ", event.widens()),
          "proposals/" + event.id());
    }
  }

  private void proposal(Chronicle.Line line, String id, Tone tone, String words, Digest reason) {
    if (proposals.contains(id)) {
      moment(line, Kind.PROPOSAL, tone, "", words, text(reason), "proposals/" + id);
    }
  }

  private void toppedUp(Chronicle.Line line, Event.BudgetToppedUp event) {
    boolean concerns =
        state
            .find(Budget.class, event.budget())
            .map(budget -> Timelines.concerns(state, agent, budget))
            .orElse(false);
    if (concerns) {
      moment(
          line,
          Kind.BUDGET,
          Tone.PLAIN,
          "",
          "the budget %s was topped up by %s %s"
              .formatted(event.budget(), event.amount().toPlainString(), event.unit()),
          text(event.reason()),
          "budgets");
    }
  }

  private void told(Chronicle.Line line, Event.DataSourceTold event) {
    boolean reads =
        state
            .agent(agent)
            .filter(known ->
                known.version().data().stream().anyMatch(use -> use.name().equals(event.source())))
            .isPresent();
    if (reads) {
      moment(
          line,
          Kind.DATA,
          Tone.PLAIN,
          "",
          "%d documents of %s changed, as was told".formatted(event.documents(), event.source()),
          text(event.reason()),
          "agents/" + agent);
    }
  }

  private void drift(
      Chronicle.Line line, String of, String environment, Tone tone, String title, String detail) {
    if (of.equals(agent)) {
      moment(line, Kind.DRIFT, tone, environment, title, detail, DriftAddress.of(of, environment));
    }
  }

  private String text(@Nullable Digest commitment) {
    return commitment == null ? "" : state.text(commitment).orElse("");
  }

  private void moment(
      Chronicle.Line line,
      Kind kind,
      Tone tone,
      String environment,
      String title,
      String detail,
      String page) {
    moments.add(
        new Moment(
            line.entry().at(),
            kind,
            tone,
            line.entry().actor(),
            environment,
            title,
            detail,
            page,
            line.index()));
  }
}
