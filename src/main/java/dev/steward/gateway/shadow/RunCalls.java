// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import dev.steward.domain.Digest;
import dev.steward.gateway.record.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The tool calls of runs that are compared. The run that was quiet for the longest is forgotten
/// first.
public final class RunCalls {
  private static final int RUNS_MAX = 2_000;
  private static final int CALLS_MAX = 200;

  private final Map<String, List<Done>> byRun =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Done>> eldest) {
          return size() > RUNS_MAX;
        }
      };

  /// One call as it ended.
  ///
  /// @param tool as `server/tool`
  /// @param arguments digest of them
  /// @param acts whether it has effects
  /// @param denied whether policy or a person did not let it through
  /// @param result null where there was none
  public record Done(
      String tool,
      Digest arguments,
      boolean acts,
      boolean denied,
      Instant at,
      @Nullable ObjectNode result) {}

  synchronized void note(Place place, Done done) {
    note(place.run(), done);
    if (!place.traceId().equals(place.run())) {
      note(place.traceId(), done);
    }
  }

  private void note(String run, Done done) {
    List<Done> calls = byRun.computeIfAbsent(run, _ -> new ArrayList<>());
    if (calls.size() < CALLS_MAX) {
      calls.add(done);
    }
  }

  /// The calls of a run since a moment, in the order in which they ended.
  public synchronized List<Done> of(String run, String traceId, Instant since) {
    // A call stands under both names where they differ, and counts once.
    Set<Done> all = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Done> calls = new ArrayList<>();
    for (String name : List.of(run, traceId)) {
      for (Done done : byRun.getOrDefault(name, List.of())) {
        if (all.add(done)) {
          calls.add(done);
        }
      }
    }
    calls.removeIf(done -> done.at().isBefore(since));
    return calls;
  }

  /// The result that an equal call had.
  synchronized Optional<ObjectNode> result(
      String run, String traceId, String tool, Digest arguments) {
    for (Done done : of(run, traceId, Instant.MIN)) {
      if (done.result() != null && done.tool().equals(tool) && done.arguments().equals(arguments)) {
        return Optional.of(done.result().deepCopy());
      }
    }
    return Optional.empty();
  }
}
