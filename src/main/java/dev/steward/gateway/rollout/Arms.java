// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.rollout.Arm;
import dev.steward.domain.rollout.Assigned;
import dev.steward.domain.rollout.Assignment;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Trial;
import dev.steward.gateway.turn.Fingerprint;
import dev.steward.trace.diary.Diary;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Gives each conversation, else user, else run its version while a release is tried: one for all
/// its calls, whatever way they come. A release that is over has no say, so a rollback moves all at
/// once.
public final class Arms {
  /// Who is remembered; each takes about 100 bytes.
  public static final int PINS_MAX = 100_000;

  /// Of those who call while nothing is tried fewer are remembered: only who is under way when a
  /// canary begins matters.
  private static final int SEEN_MAX = 50_000;

  private static final int VERSIONS_MAX = 64;

  private final PinnedArms pinned;
  private final Map<Long, Boolean> seen = new PinnedArms.Remembered<>(SEEN_MAX);
  private final Map<Digest, AgentVersion> versions = new ConcurrentHashMap<>();

  public Arms(Diary diary) {
    this.pinned = new PinnedArms(PINS_MAX, diary);
  }

  /// Forgets everything when the process ends.
  public static Arms inMemory() {
    return new Arms(Diary.NONE);
  }

  /// The caller with the version for this conversation, user or run.
  public Caller assigned(State state, Caller caller, Assigned who) {
    if (!caller.key().version().isEmpty()) {
      return caller;
    }
    String agent = caller.agent().name();
    boolean underWay = seen(agent, caller.environment(), who);
    Optional<ReleaseRecord> tried = state.releases().tried(agent, caller.environment());
    if (tried.isEmpty()) {
      return caller;
    }
    Arm arm = arm(tried.get(), who, underWay);
    Optional<AgentVersion> version = version(state, tried.get(), arm);
    return version.isEmpty()
        ? caller
        : new Caller(
            caller.key(),
            caller.agent(),
            version.get(),
            Optional.of(new Trial(tried.get().release().id(), arm)));
  }

  /// Digest of the version that is assigned to somebody whose work is heard of, empty while nothing
  /// is tried there.
  ///
  /// @param began when it began: what is older than the canary was never assigned
  public Optional<Digest> version(
      State state, String agent, String environment, Assigned who, Instant began) {
    Optional<ReleaseRecord> tried = state.releases().tried(agent, environment);
    if (tried.isEmpty()) {
      return Optional.empty();
    }
    Rollout rollout = tried.get().tried().orElseThrow();
    if (began.isBefore(rollout.startedAt())) {
      return Optional.of(rollout.control());
    }
    boolean underWay = seen(agent, environment, who);
    return Optional.of(digest(tried.get(), arm(tried.get(), who, underWay)));
  }

  /// @param underWay whether it called before, with this canary or without
  private Arm arm(ReleaseRecord tried, Assigned who, boolean underWay) {
    Rollout rollout = tried.tried().orElseThrow();
    // One that is pinned keeps its arm; one that is not and called before never was in this canary.
    double share = underWay ? 0 : rollout.weight().doubleValue();
    return pinned.arm(new Assignment(tried.release().id()), who, share);
  }

  /// Whether it called before. A user comes again and again, and is in every canary anew.
  private boolean seen(String agent, String environment, Assigned who) {
    if (who.kind() == Assigned.Kind.USER) {
      return false;
    }
    long mark = Fingerprint.of(agent + "\n" + environment + "\n" + who.kind() + who.id());
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
    return arm == Arm.CANARY ? tried.release().version() : tried.tried().orElseThrow().control();
  }
}
