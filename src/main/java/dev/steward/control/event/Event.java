// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.event;

import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.Question;
import dev.steward.control.incident.Concern;
import dev.steward.control.proposal.ProposedChange;
import dev.steward.domain.Decimals;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Person;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A fact of the control ledger. Names and fields are its wire form for ever: a record is never
/// changed, a new one is added.
public sealed interface Event {
  /// A resource other than an agent or a person was declared.
  record ResourceDeclared(String kind, String name, Digest body) implements Event {}

  /// @param body without the version
  /// @param version of the canonical JSON of the seven artefacts
  record AgentDeclared(String name, Digest body, Digest version) implements Event {}

  /// @param id random
  /// @param body the grants
  /// @param card commitment to name, address and labels, which lie beside the ledger
  record PersonDeclared(String id, Digest body, Digest card) implements Event {}

  /// @param name of a person: the id
  record ResourceDeleted(String kind, String name) implements Event {}

  record VersionPutInForce(String agent, String environment, Digest version) implements Event {}

  record AgentKeyIssued(String id, Digest hash, String agent, String environment, String version)
      implements Event {}

  record AgentKeyRevoked(String id, Digest reason) implements Event {}

  record TokenIssued(
      String id,
      Digest hash,
      String holder,
      String purpose,
      List<Person.Grant> grants,
      Optional<Instant> expiresAt)
      implements Event {}

  record TokenRevoked(String id, Digest reason) implements Event {}

  /// @param subject run, conversation or incident
  record HoldPlaced(String id, String subject, String subjectId, Digest reason) implements Event {}

  record HoldLifted(String id, Digest reason) implements Event {}

  record PersonErased(String id, Digest reason) implements Event {}

  record SettingChanged(String name, String value) implements Event {}

  record SnapshotTaken(long sequence, Digest digest) implements Event {}

  /// Another log had this size and root: what it held cannot be cut off or changed any more without
  /// contradicting this ledger.
  ///
  /// @param log its short name, such as `activity`
  record CheckpointAnchored(String log, long size, Digest root) implements Event {}

  /// @param selector its words
  /// @param secondPerson whether two people must want it gone
  record Killed(String id, Map<String, String> selector, boolean secondPerson, Digest reason)
      implements Event {
    public Killed {
      selector = Map.copyOf(selector);
    }
  }

  /// A change that lets agents do or spend more where they run in earnest; a second person must
  /// accept it.
  ///
  /// @param widens why it does not act at once
  /// @param narrows what else it would do
  /// @param content commitment to the resources, which lie beside the ledger
  /// @param whole digest of all that widens, also of what is not among the lines; empty in what was
  ///   written before there was one
  record ChangeProposed(
      String id,
      List<ProposedChange> changes,
      List<String> widens,
      List<String> narrows,
      Digest content,
      Optional<Digest> whole)
      implements Event {
    public ChangeProposed {
      changes = List.copyOf(changes);
      widens = List.copyOf(widens);
      narrows = List.copyOf(narrows);
    }
  }

  /// A second person accepted it; what it changes stands beside this.
  record ChangeAccepted(String id, Digest reason) implements Event {}

  record ChangeRejected(String id, Digest reason) implements Event {}

  /// One person wants it gone; a second must agree.
  record RestoreProposed(String id, Digest reason) implements Event {}

  record Restored(String id, Digest reason) implements Event {}

  /// The value is not here, nor anything made of it.
  record SecretSet(String name) implements Event {}

  record SecretDeleted(String name) implements Event {}

  /// @param of what was drilled, such as `kill-switch`
  /// @param figures what was measured, by a name that ends in its unit
  /// @param note why it failed, "" when it passed
  record DrillHeld(String id, String of, boolean passed, Map<String, Long> figures, String note)
      implements Event {
    public DrillHeld {
      figures = Map.copyOf(figures);
    }
  }

  /// A node may spend so much more of a window without asking again.
  ///
  /// @param period start of the window, or `run ID`
  /// @param spent by the node in this window so far
  record LeaseTaken(
      String budget, String unit, String period, String node, BigDecimal amount, BigDecimal spent)
      implements Event {
    public LeaseTaken {
      amount = Decimals.plain(amount);
      spent = Decimals.plain(spent);
    }
  }

  /// A node gave so much back.
  ///
  /// @param spent by the node in this window so far
  record LeaseReturned(
      String budget, String unit, String period, String node, BigDecimal amount, BigDecimal spent)
      implements Event {
    public LeaseReturned {
      amount = Decimals.plain(amount);
      spent = Decimals.plain(spent);
    }
  }

  record BudgetToppedUp(String budget, String unit, String period, BigDecimal amount, Digest reason)
      implements Event {
    public BudgetToppedUp {
      amount = Decimals.plain(amount);
    }
  }

  /// @param text commitment to the arguments and the agent's reason
  record ApprovalRequested(
      String id, BoundCall call, Question question, Digest text, Instant expiresAt)
      implements Event {}

  /// @param answer `approve` or `deny`
  /// @param arguments digest of those that were agreed to or refused
  /// @param edited commitment to their text where this answer changed them
  /// @param minutes that it took the person, where known
  /// @param leaves how the approval stands after it: `pending`, `approved` or `denied`
  record ApprovalAnswered(
      String id,
      String answer,
      Digest arguments,
      Optional<Digest> edited,
      Digest reason,
      Optional<BigDecimal> minutes,
      String leaves)
      implements Event {
    public ApprovalAnswered {
      minutes = minutes.map(Decimals::plain);
    }
  }

  record ApprovalUsed(String id) implements Event {}

  record ApprovalExpired(String id) implements Event {}

  /// A version of an agent is to go one stage on.
  ///
  /// @param from environment in which it is in force
  /// @param to environment of the next stage
  /// @param pins digest of what it pins
  /// @param terms of a canary as they are written, none for a direct release
  record ReleaseStarted(
      String id,
      String agent,
      Digest version,
      String from,
      String to,
      String stage,
      String strategy,
      Digest pins,
      Digest reason,
      Map<String, String> terms)
      implements Event {
    public ReleaseStarted {
      terms = Map.copyOf(terms);
    }
  }

  /// A release is tried on a share of the conversations from now on.
  ///
  /// @param control version that all others get
  record CanaryBegan(String release, Digest control, BigDecimal weight) implements Event {
    public CanaryBegan {
      weight = Decimals.plain(weight);
    }
  }

  /// Another share of the conversations that begin gets the new version.
  record CanaryWeighed(String release, BigDecimal weight, Digest reason) implements Event {
    public CanaryWeighed {
      weight = Decimals.plain(weight);
    }
  }

  /// The version of a release is in force from now on, and proposes what it does not do by itself.
  record CopilotBegan(String release) implements Event {}

  /// The version of a release gets copies of live calls from now on.
  record ShadowBegan(String release) implements Event {}

  /// More came of the copies.
  ///
  /// @param sums by words, each on top of what was so before
  record ShadowCompared(String release, Map<String, BigDecimal> sums) implements Event {
    public ShadowCompared {
      Map<String, BigDecimal> plain = new TreeMap<>();
      sums.forEach((word, sum) -> plain.put(word, Decimals.plain(sum)));
      sums = Collections.unmodifiableMap(plain);
    }
  }

  /// The version of a release stands by from now on.
  ///
  /// @param control version that stays in force
  record BlueGreenBegan(String release, Digest control) implements Event {}

  /// One of two versions that stand side by side is in force from now on.
  ///
  /// @param version that is in force now
  /// @param cut whether what was under way at the other one is cut
  /// @param reason commitment to the reason's text
  record Switched(
      String release, String agent, String environment, Digest version, boolean cut, Digest reason)
      implements Event {}

  /// What the judgement of a canary says from now on.
  ///
  /// @param why in a sentence, with numbers
  /// @param units of both versions that were judged
  /// @param record digest of the whole decision
  record CanaryJudged(
      String release, String verdict, String rule, String why, int units, Digest record)
      implements Event {}

  /// What a gate says of a release from now on.
  ///
  /// @param requires word of its requirement
  /// @param why in a sentence, without anybody's name
  /// @param evidence what it rests on, by name
  record GateJudged(
      String release,
      String gate,
      String requires,
      String verdict,
      String why,
      Map<String, String> evidence)
      implements Event {
    public GateJudged {
      evidence = Map.copyOf(evidence);
    }
  }

  /// A person wants a release to go on.
  ///
  /// @param person id
  /// @param pins digest of what it pins now
  record ReleaseAgreed(String release, String person, Digest pins, Digest reason)
      implements Event {}

  /// @param state word of the state it is in from now on
  /// @param missing what it waits for there
  /// @param pins digest of what it pins now
  record ReleaseMoved(
      String release, String state, List<String> missing, Digest pins, Digest reason)
      implements Event {
    public ReleaseMoved {
      missing = List.copyOf(missing);
    }
  }

  /// An earlier version came back; that it is in force is an event of its own.
  ///
  /// @param withdrawn version that was in force before
  /// @param cause `person`, `alert` or `verdict`
  /// @param restored what was declared again as it was pinned, as `Kind/name`
  record RolledBack(
      String id,
      String agent,
      String environment,
      Digest version,
      Digest withdrawn,
      String cause,
      List<String> restored,
      Digest reason)
      implements Event {
    public RolledBack {
      restored = List.copyOf(restored);
    }
  }

  /// Documents of a data source have changed, as whoever maintains it tells.
  ///
  /// @param documents how many
  /// @param list digest of their ids and hashes
  record DataSourceTold(String source, int documents, Digest list, Digest reason)
      implements Event {}

  /// How a check of a version ended, as a program outside tells it.
  ///
  /// @param note commitment to what was said about it
  record CheckReported(String agent, Digest version, String check, boolean passed, Digest note)
      implements Event {}

  /// What the runs of an agent were like is known; they are compared with it from now on.
  ///
  /// @param version as the runs name it
  /// @param from time of the first run
  /// @param to time of the last run
  /// @param record digest of the whole baseline
  record BaselineLearnt(
      String agent,
      String environment,
      String version,
      int runs,
      Instant from,
      Instant to,
      Digest record)
      implements Event {}

  /// A baseline is in force no more, nor are its alarms; another is learnt from the runs since.
  record BaselineLetGo(String agent, String environment, Digest reason) implements Event {}

  /// One thing about an agent's runs is no longer as in the baseline.
  ///
  /// @param trait what differs, such as `success`
  /// @param direction `up` or `down`
  /// @param runs that it was found in
  /// @param began when it probably began
  /// @param why in a sentence, with numbers
  /// @param record digest of the whole evidence
  record DriftFound(
      String id,
      String agent,
      String environment,
      String trait,
      String direction,
      int runs,
      Instant began,
      String why,
      Digest record)
      implements Event {}

  /// Something went wrong, and people track it from now on.
  ///
  /// @param title commitment to the title's text
  /// @param severity its word
  /// @param cause id of the alarm that it was opened for, "" for none
  /// @param began when it began, as far as is known
  record IncidentOpened(
      String id,
      Digest title,
      String severity,
      List<Concern> agents,
      List<String> runs,
      String cause,
      Instant began,
      Digest reason)
      implements Event {
    public IncidentOpened {
      agents = List.copyOf(agents);
      runs = List.copyOf(runs);
    }
  }

  /// @param text commitment to what somebody added
  record IncidentNoted(String id, Digest text) implements Event {}

  /// @param aspect what changed: `severity`, `commander` or `status`
  /// @param to its word from now on, of a commander the id
  record IncidentChanged(String id, String aspect, String to, Digest reason) implements Event {}

  /// The story of an incident was given out with its proofs.
  ///
  /// @param manifest digest of the list of what was given out
  record IncidentReported(String id, Digest manifest) implements Event {}

  /// What happens to alerts.
  sealed interface OfAlert extends Event {
    /// Of the alert, or of the silence.
    String id();
  }

  /// A rule fires.
  ///
  /// @param group what is one alert of the rule, "" for all
  /// @param level its word
  /// @param agents whom it is about; none where it is about the server
  /// @param findings by id
  /// @param title commitment to one line
  /// @param why commitment to the numbers
  /// @param began when what fired began, as far as is known
  record AlertRaised(
      String id,
      String rule,
      String group,
      String level,
      List<Concern> agents,
      List<String> findings,
      Digest title,
      Digest why,
      Instant began)
      implements OfAlert {
    public AlertRaised {
      agents = List.copyOf(agents);
      findings = List.copyOf(findings);
    }
  }

  /// What fires is another.
  record AlertChanged(
      String id,
      String level,
      List<Concern> agents,
      List<String> findings,
      Digest title,
      Digest why)
      implements OfAlert {
    public AlertChanged {
      agents = List.copyOf(agents);
      findings = List.copyOf(findings);
    }
  }

  /// People are told.
  ///
  /// @param stage why now
  record AlertTold(String id, String stage, List<String> channels) implements OfAlert {
    public AlertTold {
      channels = List.copyOf(channels);
    }
  }

  /// Somebody has taken it on.
  ///
  /// @param channels that had been told of it
  record AlertAcknowledged(String id, List<String> channels, Digest reason) implements OfAlert {
    public AlertAcknowledged {
      channels = List.copyOf(channels);
    }
  }

  /// It is over.
  ///
  /// @param channels that had been told of it
  record AlertResolved(String id, List<String> channels, Digest why) implements OfAlert {
    public AlertResolved {
      channels = List.copyOf(channels);
    }
  }

  /// Nobody is told of some alerts for a while; what is "" narrows nothing.
  record AlertsSilenced(
      String id, String rule, String agent, String environment, Instant until, Digest reason)
      implements OfAlert {}

  record SilenceLifted(String id, Digest reason) implements OfAlert {}

  /// A person has seen to an alarm.
  record DriftClosed(
      String id, String agent, String environment, String trait, String direction, Digest reason)
      implements Event {}
}
