// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.event.Event;
import dev.steward.control.gate.Proving;
import dev.steward.control.kind.Kinds;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.DataSource;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// From a command and a State to events, or to the reason why not. It writes nothing.
public final class Decider {
  private static final int SETTING_CHARACTERS_MAX = 4096;
  private static final int ID_CHARACTERS_MAX = 200;

  private final Matter matter;

  private Decider(Matter matter) {
    this.matter = matter;
  }

  /// @param proving knows what was proved; it is asked once the actor is known to be allowed
  /// @throws ApiException with every reason
  public static Decided decide(
      State state,
      Command command,
      Actor actor,
      Instant now,
      RandomGenerator random,
      Proving proving) {
    Matter matter = Matter.of(state, actor, now, random, proving);
    Decided decided = decided(matter, command);
    if (command instanceof Command.ApplyResources apply) {
      return new Changing(matter).apply(apply, decided);
    }
    if (command instanceof Command.TopUpBudget topUp) {
      return new Changing(matter).topUp(topUp, decided);
    }
    return command instanceof Command.DeleteResource delete
        ? new Changing(matter).delete(delete, decided)
        : decided;
  }

  /// What it would come to if nobody else had to accept it.
  ///
  /// @throws ApiException with every reason
  public static Decided foresee(
      State state,
      Command command,
      Actor actor,
      Instant now,
      RandomGenerator random,
      Proving proving) {
    return decided(Matter.of(state, actor, now, random, proving), command);
  }

  private static Decided decided(Matter matter, Command command) {
    if (command instanceof Command.ApplyResources apply) {
      return new Applying(matter.state(), matter.authority(), matter.random())
          .decide(apply.declarations());
    }
    new Decider(matter).decide(command);
    return matter.decided();
  }

  private void decide(Command command) {
    switch (command) {
      case Command.ApplyResources _ -> throw new IllegalStateException("an apply decides itself");
      case Command.DeleteResource delete ->
          new Departures(matter).delete(Kinds.word(delete.kind()), delete.name());
      case Command.ErasePerson erase -> new Departures(matter).erase(erase);
      case Command.AcceptChange accept -> new Changing(matter).accept(accept);
      case Command.RejectChange reject -> new Changing(matter).reject(reject);
      case Command.IssueAgentKey issue -> new Credentials(matter).issue(issue);
      case Command.RevokeAgentKey revoke -> new Credentials(matter).revoke(revoke);
      case Command.IssueToken issue -> new Credentials(matter).issue(issue);
      case Command.RevokeToken revoke -> new Credentials(matter).revoke(revoke);
      case Command.PlaceHold hold -> place(hold);
      case Command.LiftHold lift -> lift(lift);
      case Command.ChangeSetting change -> change(change);
      case Command.RecordSnapshot snapshot -> record(snapshot);
      case Command.AnchorCheckpoint anchor -> anchor(anchor);
      case Command.Kill kill -> new Stops(matter).kill(kill);
      case Command.Restore restore -> new Stops(matter).restore(restore);
      case Command.SetSecret set -> new Secrets(matter).set(set);
      case Command.DeleteSecret delete -> new Secrets(matter).delete(delete);
      case Command.RecordDrill drill -> record(drill);
      case Command.TakeLease take -> new Lending(matter).take(take);
      case Command.ReturnLease back -> new Lending(matter).giveBack(back);
      case Command.TopUpBudget topUp -> new Lending(matter).topUp(topUp);
      case Command.RequestApproval request -> new Consents(matter).request(request);
      case Command.AnswerApproval answer -> new Consents(matter).answer(answer);
      case Command.UseApproval use -> new Consents(matter).use(use);
      case Command.ExpireApprovals _ -> new Consents(matter).expire();
      case Command.StartRelease start -> new Releasing(matter).start(start);
      case Command.PromoteRelease promote -> new Releasing(matter).promote(promote);
      case Command.HoldRelease hold -> new Releasing(matter).hold(hold);
      case Command.RefuseRelease refuse -> new Releasing(matter).refuse(refuse);
      case Command.CountShadow counts -> new Trying(matter).count(counts);
      case Command.SwitchRelease wanted -> new Switching(matter).put(wanted);
      case Command.WeighCanary weigh -> new Trying(matter).weigh(weigh);
      case Command.JudgeCanary judge -> new Trying(matter).judge(judge);
      case Command.JudgeRelease judge -> new Releasing(matter).judge(judge);
      case Command.ReportCheck report -> new Releasing(matter).report(report);
      case Command.RollBack back -> new RollingBack(matter).back(back);
      case Command.TellDataChange tell -> tell(tell);
      case Command.LearnBaseline learn -> new Watching(matter).learn(learn);
      case Command.RelearnBaseline relearn -> new Watching(matter).relearn(relearn);
      case Command.TellDrift tell -> new Watching(matter).tell(tell);
      case Command.CloseDrift close -> new Watching(matter).close(close);
      case Command.RaiseAlert raise -> new Alerting(matter).raise(raise);
      case Command.ChangeAlert change -> new Alerting(matter).change(change);
      case Command.TellAlert tell -> new Alerting(matter).tell(tell);
      case Command.ResolveAlert resolve -> new Alerting(matter).resolve(resolve);
      case Command.AcknowledgeAlert acknowledge -> new Alerting(matter).acknowledge(acknowledge);
      case Command.SilenceAlerts silence -> new Silencing(matter).silence(silence);
      case Command.LiftSilence lift -> new Silencing(matter).lift(lift);
      case Command.OpenIncident open -> new Tracking(matter).open(open);
      case Command.NoteIncident note -> new Tracking(matter).note(note);
      case Command.ReportIncident report -> new Tracking(matter).report(report);
      case Command.ChangeIncident change -> new Tracking(matter).change(change);
    }
  }

  private void place(Command.PlaceHold hold) {
    matter.needAnywhere(Permission.OPERATE);
    if (hold.subjectId().isBlank() || hold.subjectId().length() > ID_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.INVALID, "a hold must name one run, conversation or incident by its id");
    }
    if (hold.reason().isBlank()) {
      throw new ApiException(ErrorCode.INVALID, "a legal hold needs a reason");
    }
    if (matter.state().legalHold(hold.id()).isPresent()) {
      throw new ApiException(ErrorCode.CONFLICT, "hold " + hold.id() + " exists already");
    }
    matter
        .decided()
        .add(
            new Event.HoldPlaced(
                hold.id(),
                hold.subject().name().toLowerCase(Locale.ROOT),
                hold.subjectId(),
                matter.seal(hold.reason())));
  }

  private void record(Command.RecordDrill drill) {
    matter.need(Permission.STOP, Target.SERVER);
    matter
        .decided()
        .add(
            new Event.DrillHeld(
                drill.id(), drill.of(), drill.passed(), drill.figures(), drill.note()));
  }

  private void lift(Command.LiftHold lift) {
    matter.need(Permission.OPERATE, Target.SERVER);
    if (matter.state().legalHold(lift.id()).isEmpty()) {
      throw matter.notFound(
          "legal hold",
          lift.id(),
          matter.state().legalHolds().stream().map(LegalHold::id).toList());
    }
    matter.decided().add(new Event.HoldLifted(lift.id(), matter.seal(lift.reason())));
  }

  private void change(Command.ChangeSetting change) {
    matter.need(Permission.OPERATE, Target.SERVER);
    matter.checkName("setting", change.name());
    if (change.value().length() > SETTING_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE, "a setting holds at most " + SETTING_CHARACTERS_MAX + " characters");
    }
    if (!matter.state().setting(change.name()).equals(Optional.of(change.value()))) {
      matter.decided().add(new Event.SettingChanged(change.name(), change.value()));
    }
  }

  private void tell(Command.TellDataChange tell) {
    DataSource source =
        matter
            .state()
            .find(DataSource.class, tell.source())
            .orElseThrow(
                () -> matter.notFound("DataSource", tell.source(), matter.names("DataSource")));
    matter.need(Scopes.permission(source), Scopes.of(source));
    Matter.checkReason(tell.reason(), "a change of data");
    Digest list = matter.keep(tell.list());
    matter
        .decided()
        .add(
            new Event.DataSourceTold(
                source.name(), tell.documents(), list, matter.seal(tell.reason())));
  }

  private void record(Command.RecordSnapshot snapshot) {
    matter.needServer("records its snapshots");
    matter.decided().add(new Event.SnapshotTaken(snapshot.sequence(), snapshot.digest()));
  }

  private void anchor(Command.AnchorCheckpoint anchor) {
    matter.needServer("anchors its logs");
    matter.decided().add(new Event.CheckpointAnchored(anchor.log(), anchor.size(), anchor.root()));
  }
}
