// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.ledger.LedgerRow.Sentence;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.LedgerReading;
import dev.steward.console.view.Registry;
import dev.steward.control.access.Actor;
import dev.steward.control.alert.Silence;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Concern;
import dev.steward.control.state.ActorName;
import dev.steward.domain.Digest;
import dev.steward.domain.Selector;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.resource.Budget.Limit;
import dev.steward.domain.resource.Person;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Tells events in plain words.
///
/// @param path address of the ledger that is told
record Sentences(
    Registry registry, LedgerReading ledger, Function<Actor, String> actors, String path) {

  static Sentences of(ConsoleViews views, LedgerReading ledger) {
    return new Sentences(
        views.registry(),
        ledger,
        actor -> ActorName.of(actor, views.control().state()),
        RowWriter.path(ledger));
  }

  Sentence of(Event event) {
    return switch (event) {
      case Event.ResourceDeclared e ->
          about("declared " + kind(e.kind()), e.name(), "as " + digest(e.body()));
      case Event.AgentDeclared e ->
          about("declared agent", e.name(), "with version " + digest(e.version()));
      case Event.PersonDeclared e -> about("declared person", person(e.id()), e.id(), "");
      case Event.ResourceDeleted e ->
          about("deleted " + kind(e.kind()), person(e.name()), e.name(), "");
      case Event.VersionPutInForce e ->
          about(
              "put in force version " + digest(e.version()) + " of",
              e.agent(),
              "in " + e.environment());
      case Event.AgentKeyIssued e ->
          about("issued a key to", e.agent(), "for " + e.environment() + ", known as " + e.id());
      case Event.AgentKeyRevoked e -> about("revoked key", e.id(), because(e.reason()));
      case Event.TokenIssued e when e.holder().isBlank() ->
          about("issued token", e.id(), e.purpose().isBlank() ? "" : "for “" + e.purpose() + "”");
      case Event.TokenIssued e ->
          about(
              "issued a token to",
              person(e.holder()),
              e.holder(),
              (e.purpose().isBlank() ? "" : "for “" + e.purpose() + "”, ") + "known as " + e.id());
      case Event.TokenRevoked e -> about("revoked token", e.id(), because(e.reason()));
      case Event.HoldPlaced e ->
          about(
              "put a legal hold on " + e.subject().toLowerCase(Locale.ROOT),
              Ids.middle(e.subjectId()),
              e.subjectId(),
              because(e.reason()));
      case Event.HoldLifted e -> about("lifted legal hold", e.id(), because(e.reason()));
      case Event.PersonErased e ->
          about("erased the name and address of person", e.id(), because(e.reason()));
      case Event.SettingChanged e -> about("set", e.name(), "to " + e.value());
      case Event.SnapshotTaken e ->
          new Sentence(
              "took a snapshot of the state at entry", Figures.exact(e.sequence()), "", "");
      case Event.CheckpointAnchored e ->
          about("anchored the log", e.log(), "at " + Figures.exact(e.size()) + " entries");
      case Event.Killed e -> {
        String what = Selector.of(e.selector()).plainly();
        yield about("killed", what, e.id(), because(e.reason()));
      }
      case Event.ChangeProposed e ->
          about(
              "proposed change",
              Ids.middle(e.id()),
              e.id(),
              "that widens: " + String.join("; ", e.widens()));
      case Event.ChangeAccepted e ->
          about("accepted change", Ids.middle(e.id()), e.id(), because(e.reason()));
      case Event.ChangeRejected e ->
          about("rejected change", Ids.middle(e.id()), e.id(), because(e.reason()));
      case Event.RestoreProposed e ->
          about("proposed to restore", Ids.middle(e.id()), e.id(), because(e.reason()));
      case Event.Restored e ->
          about("restored what was killed by", Ids.middle(e.id()), e.id(), because(e.reason()));
      case Event.SecretSet e -> about("set the secret", e.name(), "");
      case Event.SecretDeleted e -> about("deleted the secret", e.name(), "");
      case Event.DrillHeld e ->
          about(
              "held a drill of the",
              e.of().replace('-', ' '),
              e.id(),
              e.passed() ? "that passed" : "that failed: " + e.note());
      case Event.LeaseTaken e ->
          about(
              "set aside " + amount(e.amount(), e.unit()) + " of budget",
              e.budget(),
              "for the calls of node " + e.node());
      case Event.LeaseReturned e ->
          about(
              "took back " + amount(e.amount(), e.unit()) + " of budget",
              e.budget(),
              "from node " + e.node() + ", " + amount(e.spent(), e.unit()) + " spent");
      case Event.BudgetToppedUp e ->
          about(
              "topped up budget",
              e.budget(),
              "by " + amount(e.amount(), e.unit()) + " " + because(e.reason()));
      case Event.ApprovalRequested e ->
          about("asked people about a call of", e.call().agent(), "to " + e.call().target());
      case Event.ApprovalAnswered e ->
          about(
              (e.answer().equals("deny") ? "denied" : "approved")
                  + (e.edited().isPresent() ? " with edited arguments" : ""),
              Ids.middle(e.id()),
              e.id(),
              because(e.reason()));
      case Event.ApprovalUsed e -> about("used approval", Ids.middle(e.id()), e.id(), "");
      case Event.ReleaseStarted e ->
          about(
              "started to release version " + digest(e.version()) + " of",
              e.agent(),
              e.id(),
              "to " + e.to() + ", " + because(e.reason()));
      case Event.GateJudged e ->
          about(
              "found that gate " + e.gate() + " says " + e.verdict().replace('-', ' ') + " of",
              Ids.middle(e.release()),
              e.release(),
              "because " + e.why());
      case Event.ReleaseAgreed e ->
          about("agreed to release", Ids.middle(e.release()), e.release(), because(e.reason()));
      case Event.ReleaseMoved e ->
          about(
              "moved release",
              Ids.middle(e.release()),
              e.release(),
              "to " + e.state().replace('-', ' ') + ", " + because(e.reason()));
      case Event.DataSourceTold e ->
          about(
              "told that",
              e.documents() + " documents of " + e.source() + " changed",
              e.source(),
              because(e.reason()));
      case Event.CopilotBegan e ->
          about(
              "put the version in force as a copilot, which proposes: release",
              Ids.middle(e.release()),
              e.release(),
              "");
      case Event.ShadowBegan e ->
          about(
              "began to give a version copies of live calls: release",
              Ids.middle(e.release()),
              e.release(),
              "");
      case Event.ShadowCompared e ->
          about("compared copies of live calls: release", Ids.middle(e.release()), e.release(), "");
      case Event.BlueGreenBegan e ->
          about(
              "let a version stand by beside " + digest(e.control()) + ": release",
              Ids.middle(e.release()),
              e.release(),
              "");
      case Event.Switched e ->
          about(
              "switched " + e.agent() + " in " + e.environment() + " to another version: release",
              Ids.middle(e.release()),
              e.release(),
              "to version "
                  + digest(e.version())
                  + (e.cut() ? ", and cut what was under way" : "")
                  + ", "
                  + because(e.reason()));
      case Event.CanaryBegan e ->
          about(
              "began to try release",
              Ids.middle(e.release()),
              e.release(),
              "on "
                  + CanaryTerms.percent(e.weight())
                  + " of the conversations beside version "
                  + digest(e.control()));
      case Event.CanaryWeighed e ->
          about(
              "gave release",
              Ids.middle(e.release()),
              e.release(),
              CanaryTerms.percent(e.weight())
                  + " of the conversations that begin, "
                  + because(e.reason()));
      case Event.CanaryJudged e ->
          about(
              "judged canary",
              Ids.middle(e.release()),
              e.release(),
              "after "
                  + e.units()
                  + " conversations: "
                  + e.verdict().replace('-', ' ')
                  + ", "
                  + e.why());
      case Event.RolledBack e ->
          about(
              "rolled back",
              e.agent(),
              "in "
                  + e.environment()
                  + " from version "
                  + digest(e.withdrawn())
                  + " to "
                  + digest(e.version())
                  + ", "
                  + because(e.reason()));
      case Event.CheckReported e ->
          about(
              "reported that check " + e.check() + (e.passed() ? " passed for" : " failed for"),
              e.agent(),
              "version " + digest(e.version()));
      case Event.BaselineLearnt e ->
          about(
              "learnt the baseline of",
              e.agent(),
              "in "
                  + e.environment()
                  + " from "
                  + Figures.exact(e.runs())
                  + " runs of version "
                  + e.version());
      case Event.BaselineLetGo e ->
          about(
              "let go the baseline of",
              e.agent(),
              "in " + e.environment() + ", " + because(e.reason()));
      case Event.DriftFound e ->
          about(
              "found that " + e.trait() + " went " + e.direction() + " at",
              e.agent(),
              e.id(),
              "in " + e.environment() + ": " + e.why());
      case Event.DriftClosed e ->
          about(
              "closed the alarm that " + e.trait() + " went " + e.direction() + " at",
              e.agent(),
              e.id(),
              "in " + e.environment() + ", " + because(e.reason()));
      case Event.IncidentOpened e ->
          about(
              "opened " + e.severity() + " incident",
              text(e.title()),
              e.id(),
              (e.agents().isEmpty() ? "" : "about " + Concern.words(e.agents()) + ", ")
                  + because(e.reason()));
      case Event.OfAlert e -> alert(e);
      case Event.IncidentNoted e ->
          about("noted on incident", Ids.middle(e.id()), e.id(), "“" + text(e.text()) + "”");
      case Event.IncidentReported e ->
          about(
              "gave out the report with its proofs of incident",
              Ids.middle(e.id()),
              e.id(),
              "manifest " + e.manifest().hex().substring(0, 12));
      case Event.IncidentChanged e ->
          about(
              "changed the " + e.aspect() + " of incident",
              Ids.middle(e.id()),
              e.id(),
              "to " + person(e.to()) + ", " + because(e.reason()));
      case Event.ApprovalExpired e ->
          about("let expire approval", Ids.middle(e.id()), e.id(), "that nobody used in time");
    };
  }

  private Sentence alert(Event.OfAlert event) {
    String shown = Ids.middle(event.id());
    return switch (event) {
      case Event.AlertRaised e ->
          about(
              "raised " + e.level() + " alert",
              text(e.title()),
              e.id(),
              "by the rule "
                  + e.rule()
                  + (e.agents().isEmpty() ? "" : ", about " + Concern.words(e.agents())));
      case Event.AlertChanged e ->
          about("changed alert", shown, e.id(), "to " + e.level() + ": " + text(e.title()));
      case Event.AlertTold e ->
          about("told of alert", shown, e.id(), "(" + e.stage() + ") " + through(e.channels()));
      case Event.AlertAcknowledged e ->
          about("acknowledged alert", shown, e.id(), because(e.reason()));
      case Event.AlertResolved e -> about("resolved alert", shown, e.id(), because(e.why()));
      case Event.AlertsSilenced e ->
          about(
              "silenced",
              Silence.words(e.rule(), e.agent(), e.environment()),
              e.id(),
              "until " + e.until() + ", " + because(e.reason()));
      case Event.SilenceLifted e -> about("lifted silence", shown, e.id(), because(e.reason()));
    };
  }

  private static String through(List<String> channels) {
    return channels.isEmpty() ? "through no channel" : "through " + String.join(", ", channels);
  }

  String actor(Actor actor) {
    return actors.apply(actor);
  }

  private Sentence about(String verb, String thing, String rest) {
    return about(verb, thing, thing, rest);
  }

  private Sentence about(String verb, String shown, String thing, String rest) {
    return new Sentence(verb, shown, PageUrl.of(path).with("thing", thing).toString(), rest);
  }

  private String person(String idOrName) {
    return registry
        .person(idOrName)
        .map(Person::displayName)
        .filter(name -> !name.isBlank())
        .orElse(idOrName);
  }

  private String because(Digest reason) {
    return ledger
        .text(reason.hex())
        .map(text -> text.isBlank() ? "" : "because “" + text + "”")
        .orElse("for a reason that was erased");
  }

  private String text(Digest commitment) {
    return ledger.text(commitment.hex()).orElse("(its words were erased)");
  }

  private static String amount(BigDecimal amount, String unit) {
    if (Limit.isCurrency(unit)) {
      return Figures.money(amount) + " " + unit;
    }
    boolean one = amount.compareTo(BigDecimal.ONE) == 0 && unit.endsWith("s");
    return amount.toPlainString() + " " + (one ? unit.substring(0, unit.length() - 1) : unit);
  }

  private static String digest(Digest digest) {
    return Ids.version(digest.hex());
  }

  /// `ToolServer` as `tool server`.
  static String kind(String kind) {
    return kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
