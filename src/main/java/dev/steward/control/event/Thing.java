// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.event;

import dev.steward.control.incident.Concern;
import dev.steward.control.proposal.ProposedChange;
import dev.steward.domain.Selector;
import java.util.List;
import java.util.Locale;

/// What an event is about.
///
/// @param kind the word in `kind:` of a resource, else one of `OTHERS`
/// @param name of a resource, of a person the id; of a setting its name; else the id
/// @param more further words that it is found by, such as the agent of a key
public record Thing(String kind, String name, String more) {
  public static final String KEY = "AgentKey";
  public static final String TOKEN = "ApiToken";
  public static final String HOLD = "LegalHold";
  public static final String SETTING = "Setting";
  public static final String SNAPSHOT = "Snapshot";
  public static final String CHECKPOINT = "Checkpoint";
  public static final String KILL = "Kill";
  public static final String SECRET = "Secret";
  public static final String DRILL = "Drill";
  public static final String APPROVAL = "Approval";
  public static final String RELEASE = "Release";
  public static final String PROPOSAL = "Proposal";
  public static final String BASELINE = "Baseline";
  public static final String DRIFT = "Drift";
  public static final String INCIDENT = "Incident";
  public static final String ALERT = "Alert";
  public static final String SILENCE = "Silence";

  /// The kinds of what is no resource.
  public static final List<String> OTHERS =
      List.of(
          KEY,
          TOKEN,
          HOLD,
          SETTING,
          SNAPSHOT,
          CHECKPOINT,
          KILL,
          SECRET,
          DRILL,
          APPROVAL,
          RELEASE,
          PROPOSAL,
          BASELINE,
          DRIFT,
          INCIDENT,
          ALERT,
          SILENCE);

  public static Thing of(Event event) {
    return switch (event) {
      case Event.ResourceDeclared e -> new Thing(e.kind(), e.name(), "");
      case Event.AgentDeclared e -> new Thing("Agent", e.name(), "");
      case Event.PersonDeclared e -> new Thing("Person", e.id(), "");
      case Event.ResourceDeleted e -> new Thing(e.kind(), e.name(), "");
      case Event.VersionPutInForce e -> new Thing("Agent", e.agent(), e.environment());
      case Event.AgentKeyIssued e -> new Thing(KEY, e.id(), "Agent/" + e.agent());
      case Event.AgentKeyRevoked e -> new Thing(KEY, e.id(), "");
      case Event.TokenIssued e -> new Thing(TOKEN, e.id(), e.holder());
      case Event.TokenRevoked e -> new Thing(TOKEN, e.id(), "");
      case Event.HoldPlaced e -> new Thing(HOLD, e.id(), e.subjectId());
      case Event.HoldLifted e -> new Thing(HOLD, e.id(), "");
      case Event.PersonErased e -> new Thing("Person", e.id(), "");
      case Event.SettingChanged e -> new Thing(SETTING, e.name(), "");
      case Event.SnapshotTaken e -> new Thing(SNAPSHOT, Long.toString(e.sequence()), "");
      case Event.CheckpointAnchored e -> new Thing(CHECKPOINT, Long.toString(e.size()), e.log());
      case Event.Killed e -> new Thing(KILL, e.id(), Selector.of(e.selector()).toString());
      case Event.ChangeProposed e -> new Thing(PROPOSAL, e.id(), things(e.changes()));
      case Event.ChangeAccepted e -> new Thing(PROPOSAL, e.id(), "");
      case Event.ChangeRejected e -> new Thing(PROPOSAL, e.id(), "");
      case Event.RestoreProposed e -> new Thing(KILL, e.id(), "");
      case Event.Restored e -> new Thing(KILL, e.id(), "");
      case Event.SecretSet e -> new Thing(SECRET, e.name(), "");
      case Event.SecretDeleted e -> new Thing(SECRET, e.name(), "");
      case Event.DrillHeld e -> new Thing(DRILL, e.id(), e.of());
      case Event.LeaseTaken e -> new Thing("Budget", e.budget(), e.period());
      case Event.LeaseReturned e -> new Thing("Budget", e.budget(), e.period());
      case Event.BudgetToppedUp e -> new Thing("Budget", e.budget(), e.period());
      case Event.ApprovalRequested e ->
          new Thing(APPROVAL, e.id(), "Agent/" + e.call().agent() + " " + e.call().target());
      case Event.ApprovalAnswered e -> new Thing(APPROVAL, e.id(), "");
      case Event.ApprovalUsed e -> new Thing(APPROVAL, e.id(), "");
      case Event.ApprovalExpired e -> new Thing(APPROVAL, e.id(), "");
      case Event.ReleaseStarted e -> new Thing(RELEASE, e.id(), more(e.agent(), e.to()));
      case Event.GateJudged e -> new Thing(RELEASE, e.release(), "Gate/" + e.gate());
      case Event.ReleaseAgreed e -> new Thing(RELEASE, e.release(), e.person());
      case Event.ReleaseMoved e -> new Thing(RELEASE, e.release(), e.state());
      case Event.CanaryBegan e -> new Thing(RELEASE, e.release(), "canary");
      case Event.DataSourceTold e -> new Thing("DataSource", e.source(), "documents");
      case Event.CopilotBegan e -> new Thing(RELEASE, e.release(), "copilot");
      case Event.ShadowBegan e -> new Thing(RELEASE, e.release(), "shadow");
      case Event.ShadowCompared e -> new Thing(RELEASE, e.release(), "compared");
      case Event.BlueGreenBegan e -> new Thing(RELEASE, e.release(), "blue-green");
      case Event.Switched e -> new Thing(RELEASE, e.release(), "switch");
      case Event.CanaryWeighed e -> new Thing(RELEASE, e.release(), "weight");
      case Event.CanaryJudged e -> new Thing(RELEASE, e.release(), e.verdict());
      case Event.RolledBack e -> new Thing("Agent", e.agent(), e.environment() + " " + e.id());
      case Event.CheckReported e -> new Thing("Agent", e.agent(), e.check());
      case Event.BaselineLearnt e -> new Thing(BASELINE, e.agent(), e.environment());
      case Event.BaselineLetGo e -> new Thing(BASELINE, e.agent(), e.environment());
      case Event.DriftFound e -> new Thing(DRIFT, e.id(), more(e.agent(), e.environment()));
      case Event.DriftClosed e -> new Thing(DRIFT, e.id(), more(e.agent(), e.environment()));
      case Event.IncidentOpened e -> new Thing(INCIDENT, e.id(), about(e.agents()));
      case Event.OfAlert e -> of(e);
      case Event.IncidentNoted e -> new Thing(INCIDENT, e.id(), "note");
      case Event.IncidentReported e -> new Thing(INCIDENT, e.id(), "report");
      case Event.IncidentChanged e -> new Thing(INCIDENT, e.id(), e.aspect() + " " + e.to());
    };
  }

  private static Thing of(Event.OfAlert event) {
    return switch (event) {
      case Event.AlertRaised e ->
          new Thing(ALERT, e.id(), "AlertRule/" + e.rule() + " " + about(e.agents()));
      case Event.AlertChanged e -> new Thing(ALERT, e.id(), about(e.agents()));
      case Event.AlertTold e -> new Thing(ALERT, e.id(), e.stage());
      case Event.AlertAcknowledged e -> new Thing(ALERT, e.id(), "acknowledged");
      case Event.AlertResolved e -> new Thing(ALERT, e.id(), "resolved");
      case Event.AlertsSilenced e ->
          new Thing(
              SILENCE, e.id(), "AlertRule/" + e.rule() + " " + more(e.agent(), e.environment()));
      case Event.SilenceLifted e -> new Thing(SILENCE, e.id(), "");
    };
  }

  private static String more(String agent, String environment) {
    return "Agent/" + agent + " " + environment;
  }

  private static String about(List<Concern> agents) {
    List<String> things =
        agents.stream().map(each -> more(each.agent(), each.environment())).toList();
    return String.join(" ", things);
  }

  private static String things(List<ProposedChange> changes) {
    List<String> things = changes.stream().map(each -> each.kind() + "/" + each.key()).toList();
    return String.join(" ", things);
  }

  /// Whether a person who types this means it.
  public boolean contains(String text) {
    String all = kind + "/" + name + " " + more;
    return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  public boolean is(String wantedKind) {
    return kind.equalsIgnoreCase(wantedKind);
  }
}
