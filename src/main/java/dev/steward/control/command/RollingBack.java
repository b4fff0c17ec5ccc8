// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.event.Event;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is decided about the way back: an earlier version, and what was pinned beside it.
final class RollingBack {
  private static final Set<String> CAUSES = Set.of("person", "alert", "verdict");

  private final Matter matter;
  private final State state;

  RollingBack(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
  }

  void back(Command.RollBack back) {
    RollbackPlan plan = RollbackPlan.of(state, back.agent(), back.environment(), back.version());
    matter.need(
        Permission.DEPLOY,
        Target.agent(back.agent(), Scopes.team(plan.agent()), back.environment()));
    Matter.checkReason(back.reason(), "a rollback");
    if (!CAUSES.contains(back.cause())) {
      throw new ApiException(ErrorCode.INVALID, "a rollback's cause is person, alert or verdict");
    }
    Digest reason = matter.seal(back.reason());
    Optional<ReleaseRecord> tried = state.releases().tried(back.agent(), back.environment());
    if (tried.isPresent() && tried.get().release().version().equals(plan.running())) {
      new Trying(matter).back(tried.get(), back.cause(), reason);
      return;
    }
    Digest version = plan.back().version();
    if (state.releases().onlyProposed(plan.back())) {
      throw Releasing.conflict(
          "version "
              + version.hex().substring(0, 12)
              + " only proposed in "
              + back.environment()
              + " and never acted by itself there: release it anew");
    }
    matter.decided().add(new Event.VersionPutInForce(back.agent(), back.environment(), version));
    List<String> restored = new ArrayList<>();
    if (!back.versionOnly()) {
      for (RollbackPlan.Restored each : plan.restored()) {
        restore(each);
        restored.add(each.name());
      }
    }
    end(plan, reason);
    matter
        .decided()
        .add(
            new Event.RolledBack(
                back.id(),
                back.agent(),
                back.environment(),
                version,
                plan.running(),
                back.cause(),
                restored,
                reason));
  }

  private void restore(RollbackPlan.Restored each) {
    Resource resource = each.resource();
    needToDeclare(resource);
    state.find(resource.kind(), resource.name()).ifPresent(this::needToDeclare);
    matter.decided().add(new Event.ResourceDeclared(resource.kind(), resource.name(), each.body()));
    matter.decided().know(each.name(), resource);
  }

  private void needToDeclare(Resource resource) {
    if (!matter.authority().may(Scopes.permission(resource), Scopes.of(resource))) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "the rollback would declare "
              + resource.kind()
              + " "
              + resource.name()
              + " as it was, which needs the permission "
              + Scopes.permission(resource)
              + " for it; roll back the version only, or ask somebody who has it");
    }
  }

  /// What brought the version is rolled back, and what was on its way there waits for a person.
  private void end(RollbackPlan plan, Digest reason) {
    String agent = plan.agent().name();
    state
        .releases()
        .placed(agent, plan.environment())
        .filter(placed -> placed.version().equals(plan.running()))
        .flatMap(placed -> state.releases().find(placed.release()))
        .filter(record -> record.state() instanceof ReleaseState.Promoted)
        .ifPresent(record -> move(record, new ReleaseState.RolledBack(), reason));
    state
        .releases()
        .open(agent, plan.environment())
        .filter(record -> record.begun() || record.state().waits())
        .ifPresent(record ->
            move(
                record,
                record.begun() ? new ReleaseState.RolledBack() : new ReleaseState.Held(),
                reason));
  }

  private void move(ReleaseRecord record, ReleaseState next, Digest reason) {
    matter
        .decided()
        .add(
            new Event.ReleaseMoved(
                record.release().id(), next.word(), next.missing(), record.pins(), reason));
  }
}
