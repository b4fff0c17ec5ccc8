// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.alert.Firing;
import dev.steward.control.alert.Stage;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.Question;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.incident.Severity;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.state.LegalHold;
import dev.steward.domain.Digest;
import dev.steward.domain.Selector;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Strategy;
import dev.steward.domain.resource.Person;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A wish to change something; Control refuses it or turns it into events.
public sealed interface Command {
  /// Declares resources, all or none. An agent's version becomes the one in force in development.
  record ApplyResources(List<Declaration> declarations) implements Command {
    public ApplyResources {
      declarations = List.copyOf(declarations);
    }
  }

  /// Deletes a resource; its history stays.
  ///
  /// @param kind the word in `kind:`
  record DeleteResource(String kind, String name) implements Command {}

  /// Accepts a change that waits for a second person, as it was proposed.
  record AcceptChange(String id, String reason) implements Command {}

  /// Rejects one, or takes back one's own.
  record RejectChange(String id, String reason) implements Command {}

  /// Makes a key of the agent known.
  ///
  /// @param version digest or its first characters, "" for whatever is in force
  record IssueAgentKey(String id, Digest hash, String agent, String environment, String version)
      implements Command {}

  record RevokeAgentKey(String id, String reason) implements Command {}

  /// Makes an API token known.
  ///
  /// @param holder name of the person whose it is, "" for a program's
  /// @param purpose short name such as `ci`
  record IssueToken(
      String id,
      Digest hash,
      String holder,
      String purpose,
      List<Person.Grant> grants,
      Optional<Instant> expiresAt)
      implements Command {
    public IssueToken {
      grants = List.copyOf(grants);
    }
  }

  record RevokeToken(String id, String reason) implements Command {}

  /// Keeps a run, conversation or incident past its retention.
  record PlaceHold(String id, LegalHold.Subject subject, String subjectId, String reason)
      implements Command {}

  record LiftHold(String id, String reason) implements Command {}

  /// Forgets a person's name, address and other words; only the random id stays.
  ///
  /// @param person name or id
  record ErasePerson(String person, String reason) implements Command {}

  /// Sets a setting that can be changed while the server runs.
  record ChangeSetting(String name, String value) implements Command {}

  /// Says that a snapshot of State was kept; Control itself sends it.
  record RecordSnapshot(long sequence, Digest digest) implements Command {}

  /// Says what another log's checkpoint is; the server itself sends it.
  record AnchorCheckpoint(String log, long size, Digest root) implements Command {}

  /// Refuses every call that the selector means, until restored. One with the same selector that is
  /// in force already stays as it is.
  record Kill(String id, Selector selector, String reason) implements Command {}

  /// Lets the calls begin again; where two people must want it, the first only proposes.
  record Restore(String id, String reason) implements Command {}

  /// Says that a secret is being set; the value goes to the secret store and never comes here.
  record SetSecret(String name) implements Command {}

  record DeleteSecret(String name) implements Command {}

  /// Says how a drill ended; the server itself sends it for whoever held the drill.
  ///
  /// @param figures what was measured, by a name that ends in its unit
  /// @param note why it failed, "" when it passed
  record RecordDrill(String id, String of, boolean passed, Map<String, Long> figures, String note)
      implements Command {
    public RecordDrill {
      figures = Map.copyOf(figures);
    }
  }

  /// Lends a part of a window to a node, at most what is left; the gateway itself sends it.
  ///
  /// @param spent by the node in this window so far
  record TakeLease(WindowKey window, String node, BigDecimal amount, BigDecimal spent)
      implements Command {}

  /// Gives back what a node does not need; the gateway itself sends it.
  ///
  /// @param spent by the node in this window so far
  record ReturnLease(WindowKey window, String node, BigDecimal amount, BigDecimal spent)
      implements Command {}

  /// Adds to what there is in one window of a budget: the open one, or that of a run.
  ///
  /// @param run whose window it is, "" for a budget by the clock
  record TopUpBudget(String budget, String run, BigDecimal amount, String reason)
      implements Command {}

  /// Asks people about a call; the gateway itself sends it. Where the same call is answered for
  /// already, nothing is written.
  ///
  /// @param arguments canonical JSON of what the call binds
  /// @param why reason that the agent gave, "" for none
  /// @param starters names, ids or addresses of those who are said to have started the run
  record RequestApproval(
      String id,
      BoundCall call,
      Question question,
      String arguments,
      String why,
      Set<String> starters)
      implements Command {
    public RequestApproval {
      starters = Set.copyOf(starters);
    }
  }

  /// Says yes or no.
  ///
  /// @param reason "" for none
  /// @param arguments JSON of other arguments that are agreed to instead
  /// @param seen digest of the arguments that the person saw; where it is given and they have
  ///   changed since, the answer is refused
  /// @param minutes that it took
  record AnswerApproval(
      String id,
      boolean approve,
      String reason,
      Optional<String> arguments,
      Optional<Digest> seen,
      Optional<BigDecimal> minutes)
      implements Command {}

  /// Uses an approval up before its call is made; the gateway itself sends it.
  record UseApproval(String id) implements Command {}

  /// Puts on record which approvals have expired; the server itself sends it.
  record ExpireApprovals() implements Command {}

  /// Begins to move a version of an agent one stage on.
  ///
  /// @param to environment that it is to come into
  /// @param version digest or its first characters, "" for the one in force in the stage before
  /// @param terms of a canary as they are written; what is not said is as usual
  record StartRelease(
      String id,
      String agent,
      String to,
      String version,
      Strategy strategy,
      Map<String, String> terms,
      String reason)
      implements Command {
    public StartRelease {
      terms = Map.copyOf(terms);
    }

    /// One that takes over at once.
    public StartRelease(String id, String agent, String to, String version, String reason) {
      this(id, agent, to, version, Strategy.DIRECT, Map.of(), reason);
    }
  }

  /// Gives another share of the conversations that begin to the version that is tried, and lets a
  /// canary that is held go on.
  ///
  /// @param weight such as `20%`
  record WeighCanary(String id, String weight, String reason) implements Command {}

  /// Adds what came of copies of live calls; the server itself sends it.
  ///
  /// @param sums by words, each on top of what was so before
  record CountShadow(String id, Map<String, BigDecimal> sums) implements Command {
    public CountShadow {
      sums = Map.copyOf(sums);
    }
  }

  /// Puts the other one of two versions in force that stand side by side.
  ///
  /// @param back whether to the version that was in force before
  /// @param cut whether what is under way is cut, and does not finish where it began
  record SwitchRelease(String id, boolean back, boolean cut, String reason) implements Command {}

  /// Says what the judgement of a canary says; the server itself sends it.
  ///
  /// @param rule that decided
  /// @param why in a sentence, with numbers
  /// @param units of both versions that were judged
  /// @param record the whole decision as JSON
  record JudgeCanary(
      String id, CanaryVerdict verdict, String rule, String why, int units, String record)
      implements Command {}

  /// Wants a release to go on: agrees to it, and lets one that is held wait again.
  record PromoteRelease(String id, String reason) implements Command {}

  /// Stops a release where it is, until somebody promotes it.
  record HoldRelease(String id, String reason) implements Command {}

  /// Ends a release for good; its version never comes there by it.
  record RefuseRelease(String id, String reason) implements Command {}

  /// Judges a release that waits anew; the server itself sends it when something has changed.
  record JudgeRelease(String id) implements Command {}

  /// Puts an earlier version back in force, with what was pinned beside it.
  ///
  /// @param version digest or its first characters, "" for the one before
  /// @param versionOnly whether policies, budgets, data sources and gates stay as they are
  /// @param cause `person`, `alert` or `verdict`
  record RollBack(
      String id,
      String agent,
      String environment,
      String version,
      boolean versionOnly,
      String cause,
      String reason)
      implements Command {}

  /// Tells that documents of a data source have changed.
  ///
  /// @param documents how many
  /// @param list of them with their hashes, canonical JSON
  record TellDataChange(String source, int documents, String list, String reason)
      implements Command {}

  /// Tells how a check of a version ended.
  ///
  /// @param version digest or its first characters, "" for the one declared last
  /// @param note what was said about it, "" for nothing
  record ReportCheck(String agent, String version, String check, boolean passed, String note)
      implements Command {}

  /// Says what the runs of an agent were like; the server itself sends it. Where a baseline of it
  /// is in force there already, nothing is written.
  ///
  /// @param version as the runs name it: the first 12 characters of its digest, or `undeclared`
  /// @param from time of the first run
  /// @param to time of the last run
  /// @param record the whole baseline as JSON
  record LearnBaseline(
      String agent,
      String environment,
      String version,
      int runs,
      Instant from,
      Instant to,
      String record)
      implements Command {}

  /// Lets a baseline go with its alarms, so that another is learnt from the runs that are known
  /// from now on.
  record RelearnBaseline(String agent, String environment, String reason) implements Command {}

  /// Says that one thing about an agent's runs is no longer as in the baseline; the server itself
  /// sends it. Where that was said on this baseline before, nothing is written.
  ///
  /// @param trait what differs, such as `success`, `outcome approved` or `duration`
  /// @param direction `up` or `down`
  /// @param runs that it was found in
  /// @param began when it probably began
  /// @param why in a sentence, with numbers
  /// @param record the whole evidence as JSON
  record TellDrift(
      String id,
      String agent,
      String environment,
      String trait,
      String direction,
      int runs,
      Instant began,
      String why,
      String record)
      implements Command {
    public TellDrift {
      if (!direction.equals("up") && !direction.equals("down")) {
        throw new IllegalArgumentException("drift goes up or down, not " + direction);
      }
    }
  }

  /// Closes an alarm that somebody has seen to; the baseline stays, and does not raise it again.
  record CloseDrift(String id, String reason) implements Command {}

  /// Says that a rule fires; the server itself sends it. Where an alert of the rule and the group
  /// is open, nothing is written.
  ///
  /// @param group what is one alert of the rule, "" for all
  /// @param began when what fired began, as far as is known
  record RaiseAlert(String id, String rule, String group, Firing firing, Instant began)
      implements Command {}

  /// Says that what fires is another; the server itself sends it.
  record ChangeAlert(String id, Firing firing) implements Command {}

  /// Puts on record that people are told, which tells them; the server itself sends it. Where
  /// something else is next by now, nothing is written.
  record TellAlert(String id, Stage stage) implements Command {}

  /// Says that nothing fires any more; the server itself sends it.
  record ResolveAlert(String id, String why) implements Command {}

  /// Takes an alert on: nobody else is told of it, unless it gets worse.
  record AcknowledgeAlert(String id, String reason) implements Command {}

  /// Lets nobody be told of some alerts for a while; what is "" narrows nothing.
  record SilenceAlerts(
      String id, String rule, String agent, String environment, Instant until, String reason)
      implements Command {}

  /// Ends a silence before its time.
  record LiftSilence(String id, String reason) implements Command {}

  /// Opens an incident, and puts what it is about under legal hold.
  ///
  /// @param title one line
  /// @param agents that it is about, beside that of its cause
  /// @param runs that it is about, by id
  /// @param cause id of the alarm that it is opened for, "" for none
  /// @param began empty for when its cause began, else now
  record OpenIncident(
      String id,
      String title,
      Severity severity,
      List<Concern> agents,
      List<String> runs,
      String cause,
      Optional<Instant> began,
      String reason)
      implements Command {
    public OpenIncident {
      agents = List.copyOf(agents);
      runs = List.copyOf(runs);
    }
  }

  /// Adds a person's words to an incident.
  record NoteIncident(String id, String text) implements Command {}

  /// Says that the story of an incident is given out with its proofs.
  ///
  /// @param manifest digest of the list of what is given out
  record ReportIncident(String id, Digest manifest) implements Command {}

  /// Says how an incident stands from now on; what is empty stays as it is.
  ///
  /// @param commander name or id of the person who leads
  record ChangeIncident(
      String id,
      Optional<Severity> severity,
      Optional<String> commander,
      Optional<IncidentStatus> status,
      String reason)
      implements Command {}
}
