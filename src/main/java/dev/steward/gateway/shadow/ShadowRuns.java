// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Shadow;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The runs that were begun for copies of live calls. A run is one for good, whatever became of the
/// release: what is done in it late must not take effect either.
public final class ShadowRuns {
  /// Runs that are remembered; each takes about 200 bytes.
  public static final int REMEMBERED_MAX = 50_000;

  private static final int PARTS = 4;

  private final Map<String, Shadow> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shadow> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  private final Diary diary;

  ShadowRuns(Diary diary) {
    this.diary = diary;
    for (String line : diary.read()) {
      try {
        JsonNode parts = CanonicalJson.read(line);
        if (parts.size() == PARTS) {
          known.put(
              parts.get(0).asString(""),
              new Shadow(
                  parts.get(1).asString(""), parts.get(2).asString(""), parts.get(3).asString("")));
        }
      } catch (IllegalArgumentException _) {
        // a line that was cut off
      }
    }
  }

  /// Remembers a run before anything is done in it, over the end of the machine too.
  ///
  /// @param run its id and its trace's
  /// @throws RefusedException UNRECORDED where it cannot be kept
  public void begin(String run, Shadow shadow) {
    ArrayNode line = CanonicalJson.MAPPER.createArrayNode();
    line.add(run).add(shadow.release()).add(shadow.run()).add(shadow.traceId());
    try {
      diary.keep(List.of(CanonicalJson.text(line)));
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
          .map(record ->
              shadowed(caller, caller.version(), new Shadow(record.release().id(), "", "")));
    }
    String release = found.get().release();
    AgentVersion version =
        state
            .releases()
            .find(release)
            .map(ReleaseRecord::release)
            .filter(each -> each.agent().equals(caller.agent().name()))
            .flatMap(each -> state.version(each.agent(), each.version().hex()))
            .orElse(caller.version());
    return Optional.of(shadowed(caller, version, found.get()));
  }

  private static Optional<ReleaseRecord> bound(State state, Caller caller) {
    return caller.key().version().isEmpty()
        ? Optional.empty()
        : state
            .releases()
            .shadow(caller.agent().name(), caller.environment(), caller.version().digest());
  }

  private static Caller shadowed(Caller caller, AgentVersion version, Shadow shadow) {
    return new Caller(caller.key(), caller.agent(), version, Optional.empty(), Optional.of(shadow));
  }

  private Optional<Shadow> find(String run) {
    synchronized (known) {
      return Optional.ofNullable(known.get(run));
    }
  }
}
