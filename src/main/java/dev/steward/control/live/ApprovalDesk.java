// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.control.command.Command;
import dev.steward.control.consent.ApprovalView;
import dev.steward.control.consent.Approvers;
import dev.steward.control.consent.EditCheck;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.PersonBehind;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where people look at what waits for them and answer. It remembers who began to look when, so
/// that an answer can say how long it took.
public final class ApprovalDesk {
  private static final int LOOKS_MAX = 20_000;
  private static final int EDITED_CHARACTERS_MAX = 262_144;
  private static final Duration LOOK_MAX = Duration.ofHours(1);

  private final Control control;
  private final InstantSource clock;
  private final Looks looks = new Looks();
  private volatile EditCheck edits = EditCheck.NONE;

  public ApprovalDesk(Control control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
  }

  /// From now on edited arguments are checked when they are given.
  public void connect(EditCheck check) {
    edits = check;
  }

  /// When somebody first looked at an approval; the oldest looks are forgotten first.
  private static final class Looks extends LinkedHashMap<Look, Instant> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Look, Instant> eldest) {
      return size() > LOOKS_MAX;
    }
  }

  private record Look(String approval, String person) {}

  /// What one person says.
  ///
  /// @param reason "" for none
  /// @param arguments JSON of other arguments that are agreed to instead, null for those asked for
  /// @param seen digest of the arguments that were looked at, null when not known
  /// @param minutes that it took, null to take the time since the first look
  public record Said(
      boolean approve,
      String reason,
      @Nullable String arguments,
      @Nullable Digest seen,
      @Nullable BigDecimal minutes) {}

  /// What the person may see, the newest first.
  ///
  /// @param status null for all
  /// @param max so many at most
  public List<ApprovalView> list(Actor person, @Nullable Status status, int max) {
    Instant now = clock.instant();
    State state = control.state();
    List<ApprovalView> found = new ArrayList<>();
    for (Approval approval : candidates(state, status)) {
      if (found.size() >= max) {
        break;
      }
      if (status == null || approval.status(now) == status) {
        ApprovalView.of(state, approval, person, now).ifPresent(found::add);
      }
    }
    return found;
  }

  /// What may have the status, the newest first.
  private static List<Approval> candidates(State state, @Nullable Status status) {
    if (status == null || !status.open()) {
      return List.copyOf(state.approvals().all()).reversed();
    }
    List<Approval> open = new ArrayList<>(state.approvals().open());
    open.sort(Comparator.comparing(Approval::at).thenComparing(Approval::id).reversed());
    return open;
  }

  /// How many wait that the person may see.
  public int pending(Actor person) {
    Instant now = clock.instant();
    State state = control.state();
    Authority authority = state.authority(person, now);
    int count = 0;
    for (Approval approval : state.approvals().open()) {
      Target target = Approvers.of(state, approval, now).target();
      boolean sees =
          authority.may(Permission.READ, target) || authority.may(Permission.APPROVE, target);
      if (sees && approval.status(now) == Status.PENDING) {
        count++;
      }
    }
    return count;
  }

  /// One of them; from now on the person looks at it.
  ///
  /// @throws ApiException NOT_FOUND where there is none, or none that they may see
  public ApprovalView look(String id, Actor person) {
    ApprovalView view = find(id, person);
    if (view.status() == Status.PENDING) {
      String who = who(person);
      synchronized (looks) {
        looks.putIfAbsent(new Look(id, who), clock.instant());
      }
    }
    return view;
  }

  /// Answers, and gives how it stands then.
  ///
  /// @throws ApiException as `Control.submit`, and INVALID for edited arguments with which the call
  ///   could not be made
  public ApprovalView answer(String id, Said said, Actor person) {
    ApprovalView before = find(id, person);
    if (said.approve() && before.status() == Status.PENDING && before.refusal().isEmpty()) {
      check(before.approval(), said.arguments());
    }
    control.submit(
        new Command.AnswerApproval(
            id,
            said.approve(),
            said.reason(),
            Optional.ofNullable(said.arguments()),
            Optional.ofNullable(said.seen()),
            Optional.of(minutes(before.approval(), said.minutes(), person))),
        person);
    return find(id, person);
  }

  /// What is no object, or too large, is refused by control.
  private void check(Approval approval, @Nullable String edited) {
    if (edited == null || edited.length() > EDITED_CHARACTERS_MAX) {
      return;
    }
    ObjectNode arguments;
    try {
      if (!(CanonicalJson.read(edited) instanceof ObjectNode object)) {
        return;
      }
      arguments = object;
    } catch (IllegalArgumentException _) {
      return;
    }
    edits
        .refusal(approval, arguments)
        .ifPresent(reason -> {
          throw new ApiException(
              ErrorCode.INVALID,
              "the edited arguments of approval " + approval.id() + " were not taken: " + reason);
        });
  }

  private ApprovalView find(String id, Actor person) {
    State state = control.state();
    return state
        .approvals()
        .find(id)
        .flatMap(approval -> ApprovalView.of(state, approval, person, clock.instant()))
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "There is no approval " + id + ", or it is not yours to see."));
  }

  private BigDecimal minutes(Approval approval, @Nullable BigDecimal given, Actor person) {
    if (given != null) {
      return given;
    }
    Instant since;
    synchronized (looks) {
      Instant look = looks.remove(new Look(approval.id(), who(person)));
      since = look == null ? approval.at() : look;
    }
    Duration took = Duration.between(since, clock.instant());
    long seconds = Math.clamp(took.toSeconds(), 0, LOOK_MAX.toSeconds());
    return BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
  }

  private String who(Actor person) {
    String behind = PersonBehind.orMaker(person, control.state());
    return behind.isEmpty() ? person.toString() : behind;
  }
}
