// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import dev.steward.control.release.Pair;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.LastUsed;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.rollout.Arm;
import dev.steward.domain.rollout.Assigned;
import dev.steward.domain.rollout.Assignment;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Trial;
import dev.steward.gateway.turn.Fingerprint;
import dev.steward.trace.diary.Diary;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Gives each conversation, else user, else run its version while two are at work: one for all its
/// calls, whatever way they come. A release that is over has no say, so a rollback moves all at
/// once.
public final class Arms {
  /// Who is remembered; each takes about 100 bytes.
  public static final int PINS_MAX = 100_000;

  /// Of those who call while nothing is tried fewer are remembered: only who is under way when a
  /// canary begins matters.
  private static final int SEEN_MAX = 50_000;

  private static final int VERSIONS_MAX = 64;

  /// Lines of the diary of pins that hold all of them; beside each stands that it has called.
  public static final int LINES_MAX = 2 * PINS_MAX;

  /// Lines of the diary of those who call while nothing is tried.
  public static final int SEEN_LINES_MAX = SEEN_MAX;

  private static final int STRIPES = 64;

  private final PinnedArms pinned;
  private final Diary pins;
  private final Diary calls;
  private final Map<Long, Boolean> seen = new LastUsed<>(SEEN_MAX);
  private final Map<Digest, AgentVersion> versions = new ConcurrentHashMap<>();

  /// One for some of all who call: what is done for one of them is done at once.
  private final Object[] stripes = new Object[STRIPES];

  /// @param pins of those who are tried
  /// @param calls who calls while nothing is tried: they are many, and must not push the pins out
  public Arms(Diary pins, Diary calls) {
    this.pins = pins;
    this.calls = calls;
    this.pinned = new PinnedArms(PINS_MAX, pins);
    Arrays.setAll(stripes, _ -> new Object());
    read(calls);
    read(pins);
  }

  private void read(Diary diary) {
    Marks.read(
        diary.read(),
        (sign, mark) -> {
          switch (sign) {
            case Marks.SEEN -> seen.put(mark, true);
            case Marks.CANARY -> pinned.remember(mark, Arm.CANARY);
            default -> pinned.remember(mark, Arm.CONTROL);
          }
        });
  }

  /// Forgets everything when the process ends.
  public static Arms inMemory() {
    return new Arms(Diary.NONE, Diary.NONE);
  }

  /// The caller with the version for this conversation, user or run.
  ///
  /// @param work that a switch of versions lets finish where it began: the conversation, else the
  ///   run, since a user comes again and again
  public Caller assigned(State state, Caller caller, Assigned who, Assigned work) {
    if (caller.bound()) {
      return caller;
    }
    Optional<ReleaseRecord> apart = apart(state, caller);
    Optional<Arm> arm = arm(apart, caller.agent().name(), caller.environment(), who, work);
    return arm.isEmpty() ? caller : given(state, caller, apart.orElseThrow(), arm.get());
  }

  /// The caller with the version for this user, of a call that says nothing else of its work: there
  /// is nothing that a switch could let finish, so nothing of it is noted.
  public Caller alone(State state, Caller caller, Assigned user) {
    if (caller.bound()) {
      return caller;
    }
    return apart(state, caller)
        .map(apart -> given(state, caller, apart, arm(apart, user)))
        .orElse(caller);
  }

  private Arm arm(ReleaseRecord apart, Assigned user) {
    double share = share(apart, false);
    return apart.paired().isPresent()
        ? side(share > 0)
        : pinned.arm(assignment(apart), user, share);
  }

  /// The caller with the version that it will have once it calls: anybody may ask for anybody, so
  /// nobody counts as having called by it.
  public Caller foreseen(State state, Caller caller, Assigned who) {
    Optional<ReleaseRecord> apart = apart(state, caller);
    if (caller.bound() || apart.isEmpty()) {
      return caller;
    }
    long mark = mark(caller.agent().name(), caller.environment(), who);
    boolean underWay;
    synchronized (seen) {
      underWay = seen.containsKey(mark);
    }
    double share = share(apart.get(), underWay);
    Arm arm =
        apart.get().paired().isPresent()
            ? pinned.known(assignment(apart.get()), who).orElse(side(share > 0))
            : pinned.foreseen(assignment(apart.get()), who, share);
    return given(state, caller, apart.get(), arm);
  }

  private static Optional<ReleaseRecord> apart(State state, Caller caller) {
    return state.releases().apart(caller.agent().name(), caller.environment());
  }

  private Caller given(State state, Caller caller, ReleaseRecord tried, Arm arm) {
    return version(state, tried, arm)
        .map(version ->
            new Caller(
                caller.key(),
                caller.agent(),
                version,
                Optional.of(new Trial(tried.release().id(), arm))))
        .orElse(caller);
  }

  /// Digest of the version that is assigned to somebody whose work is heard of, empty while nothing
  /// is tried there.
  ///
  /// @param began when it began: what is older than the canary was never assigned
  public Optional<Digest> version(
      State state, String agent, String environment, Assigned who, Instant began) {
    Optional<ReleaseRecord> apart = state.releases().apart(agent, environment);
    if (apart.isEmpty()) {
      return Optional.empty();
    }
    ReleaseRecord record = apart.get();
    Optional<Pair> pair = record.paired();
    if (pair.isPresent()) {
      Arm then = side(pair.get().switched(began));
      return Optional.of(digest(record, pinned.known(assignment(record), who).orElse(then)));
    }
    Rollout rollout = record.tried().orElseThrow();
    if (began.isBefore(rollout.startedAt())) {
      return Optional.of(rollout.control());
    }
    return arm(apart, agent, environment, who, who).map(arm -> digest(record, arm));
  }

  /// The arm of one who calls, empty where one version is at work. Two first calls at once are one:
  /// the second must not take the first for an earlier one.
  private Optional<Arm> arm(
      Optional<ReleaseRecord> apart,
      String agent,
      String environment,
      Assigned who,
      Assigned work) {
    long mark = mark(agent, environment, work);
    synchronized (stripes[Math.floorMod(mark, STRIPES)]) {
      boolean before = work.kind() != Assigned.Kind.USER && seen(mark);
      // One that is pinned keeps its arm; one that is not and called before never was in this
      // canary. The pin is in the diary before what tells that it called.
      Optional<Arm> arm =
          apart.map(release -> {
            Assigned unit = release.paired().isPresent() ? work : who;
            return pinned.arm(
                assignment(release), unit, share(release, before && unit.equals(work)));
          });
      // A user comes again and again, and is in every canary anew.
      if (!before && work.kind() != Assigned.Kind.USER) {
        // In the file of its pin, so that neither is kept without the other.
        Diary kept = apart.isPresent() ? pins : calls;
        kept.add(List.of(Marks.line(mark, Marks.SEEN)));
      }
      return arm;
    }
  }

  /// A switch that cut what was under way let go of all that were assigned before.
  private static Assignment assignment(ReleaseRecord apart) {
    int cuts = apart.paired().map(Pair::cuts).orElse(0);
    String id = apart.release().id();
    return new Assignment(cuts == 0 ? id : id + "/" + cuts);
  }

  /// How much of those who are not assigned yet gets the new version.
  ///
  /// @param before whether it called before it could be assigned
  private static double share(ReleaseRecord apart, boolean before) {
    return apart
        .paired()
        .map(pair -> pair.switched() && !(before && pair.cuts() == 0) ? 1.0 : 0.0)
        .orElseGet(() -> before ? 0 : apart.tried().orElseThrow().weight().doubleValue());
  }

  private static Arm side(boolean candidate) {
    return candidate ? Arm.CANARY : Arm.CONTROL;
  }

  private static long mark(String agent, String environment, Assigned who) {
    return Fingerprint.of(agent + "\n" + environment + "\n" + who.kind() + who.id());
  }

  private boolean seen(long mark) {
    synchronized (seen) {
      return seen.put(mark, true) != null;
    }
  }

  private Optional<AgentVersion> version(State state, ReleaseRecord tried, Arm arm) {
    Digest digest = digest(tried, arm);
    AgentVersion known = versions.get(digest);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<AgentVersion> read = state.version(tried.release().agent(), digest.hex());
    read.ifPresent(version -> {
      if (versions.size() >= VERSIONS_MAX) {
        versions.clear();
      }
      versions.put(digest, version);
    });
    return read;
  }

  private static Digest digest(ReleaseRecord tried, Arm arm) {
    return arm == Arm.CANARY ? tried.release().version() : tried.control().orElseThrow();
  }
}
