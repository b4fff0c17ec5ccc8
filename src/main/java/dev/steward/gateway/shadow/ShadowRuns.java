// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.LastUsed;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Shadow;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.diary.DiaryLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The runs that were begun for copies of live calls. A run is one for good, whatever became of the
/// release: what is done in it late must not take effect either.
public final class ShadowRuns {
  /// Runs that are remembered; each takes about 200 bytes.
  public static final int REMEMBERED_MAX = 50_000;

  private static final int PARTS = 4;

  private final Map<String, Shadow> known = new LastUsed<>(REMEMBERED_MAX);

  private final Diary diary;

  ShadowRuns(Diary diary) {
    this.diary = diary;
    for (String line : diary.read()) {
      DiaryLine.fields(line)
          .filter(parts -> parts.size() == PARTS)
          .ifPresent(parts ->
              known.put(parts.get(0), new Shadow(parts.get(1), parts.get(2), parts.get(3))));
    }
  }

  /// Remembers a run before anything is done in it, over the end of the machine too.
  ///
  /// @param run its id and its trace's
  /// @throws RefusedException UNRECORDED where it cannot be kept
  public void begin(String run, Shadow shadow) {
    String line = DiaryLine.of(List.of(run, shadow.release(), shadow.run(), shadow.traceId()));
    try {
      diary.keep(List.of(line));
    } catch (IOException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.UNRECORDED,
              "That a run is a copy of a live one cannot be kept, so the copy was not sent: "
                  + e.getMessage()
                  + ". Make room on the server's disk, or check the rights of its data folder."),
          e);
    }
    synchronized (known) {
      known.put(run, shadow);
    }
  }

  /// The caller as a shadow, with the version that gets the copies, empty for any other. A key that
  /// is bound to that version works for the shadow alone, whatever its calls say of their run, and
  /// also when the copies have ended: what its process does late must not take effect either.
  public Optional<Caller> caller(State state, Caller caller, Place place) {
    Optional<Shadow> found = find(place.run()).or(() -> find(place.traceId()));
    if (found.isEmpty()) {
      return bound(state, caller)
          .map(
              record -> caller.shadow(caller.version(), new Shadow(record.release().id(), "", "")));
    }
    return Optional.of(shadowed(state, caller, found.get()));
  }

  /// The caller as a shadow, with the version that gets the copies of its release.
  public static Caller shadowed(State state, Caller caller, Shadow shadow) {
    AgentVersion version =
        state
            .releases()
            .find(shadow.release())
            .map(ReleaseRecord::release)
            .filter(release -> release.agent().equals(caller.agent().name()))
            .flatMap(release -> state.version(release.agent(), release.version().hex()))
            .orElse(caller.version());
    return caller.shadow(version, shadow);
  }

  private static Optional<ReleaseRecord> bound(State state, Caller caller) {
    return caller.key().version().isEmpty()
        ? Optional.empty()
        : state
            .releases()
            .shadow(caller.agent().name(), caller.environment(), caller.version().digest());
  }

  private Optional<Shadow> find(String run) {
    synchronized (known) {
      return Optional.ofNullable(known.get(run));
    }
  }
}
