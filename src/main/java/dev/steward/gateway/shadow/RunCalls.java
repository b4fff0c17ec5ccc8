// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.gateway.record.Place;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// The tool calls of runs that are compared, for as long as their release is a shadow. The run that
/// was quiet for the longest is forgotten first.
public final class RunCalls {
  static final int RESULT_BYTES_MAX = 64 << 10;

  private static final int RUNS_MAX = 2_000;
  private static final int CALLS_MAX = 200;
  private static final long BYTES_MAX = 64L << 20;

  /// What a call takes beside its result, roughly.
  private static final int CALL_BYTES = 512;

  private final Map<String, Calls> byRun = new LinkedHashMap<>(64, 0.75f, true);
  private final Set<String> releases = new HashSet<>();
  private final long bytesMax;
  private long bytes;

  RunCalls() {
    this(BYTES_MAX);
  }

  RunCalls(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// One call as it ended.
  ///
  /// @param tool as `server/tool`
  /// @param arguments digest of them
  /// @param acts whether it has effects
  /// @param ended how
  /// @param result as JSON, "" where there was none
  public record Done(
      String tool, Digest arguments, boolean acts, Ended ended, Instant at, String result) {
    /// Keeps a result only where a copy can be answered with it.
    public Done {
      boolean kept =
          acts
              && result.length() <= RESULT_BYTES_MAX
              && result.getBytes(StandardCharsets.UTF_8).length <= RESULT_BYTES_MAX;
      result = kept ? result : "";
    }

    private boolean equal(Done other) {
      return tool.equals(other.tool) && arguments.equals(other.arguments);
    }

    private long bytes() {
      return CALL_BYTES + 2L * result.length();
    }
  }

  /// How a call ended.
  public enum Ended {
    /// It was let through, whatever its server made of it.
    MADE,
    /// Policy or a person did not let it through.
    DENIED,
    /// People were asked; when they agree it is made, which is another call.
    PENDING
  }

  /// The calls of one run.
  private static final class Calls {
    private final String release;
    private final List<Done> done = new ArrayList<>();
    private long bytes;

    private Calls(String release) {
      this.release = release;
    }
  }

  /// @param release for whose comparison
  synchronized void note(String release, Place place, Done done) {
    releases.add(release);
    for (String run : new LinkedHashSet<>(List.of(place.run(), place.traceId()))) {
      note(release, run, done);
    }
    Iterator<Calls> quiet = byRun.values().iterator();
    while (byRun.size() > RUNS_MAX || bytes > bytesMax) {
      bytes -= quiet.next().bytes;
      quiet.remove();
    }
  }

  private void note(String release, String run, Done done) {
    Calls calls = byRun.computeIfAbsent(run, _ -> new Calls(release));
    if (calls.done.size() < CALLS_MAX) {
      calls.done.add(done);
      calls.bytes += done.bytes();
      bytes += done.bytes();
    }
  }

  /// Forgets what is of releases that are no shadows any more.
  synchronized void keepOnly(Predicate<String> shadows) {
    if (releases.removeIf(shadows.negate())) {
      byRun
          .values()
          .removeIf(calls -> {
            boolean over = !releases.contains(calls.release);
            bytes -= over ? calls.bytes : 0;
            return over;
          });
    }
  }

  /// The calls of a run between two moments, in the order in which they ended. One that waited for
  /// people counts once, however often it was asked for.
  public synchronized List<Done> of(String run, String traceId, Instant since, Instant until) {
    List<Done> asked = new ArrayList<>();
    List<Done> calls = new ArrayList<>();
    for (Done done : of(run, traceId)) {
      if (!done.at().isBefore(since) && !done.at().isAfter(until)) {
        (done.ended() == Ended.PENDING ? asked : calls).add(done);
      }
    }
    for (Done done : asked) {
      if (calls.stream().noneMatch(done::equal)) {
        calls.add(done);
      }
    }
    return calls;
  }

  private List<Done> of(String run, String traceId) {
    // A call stands under both names where they differ, and counts once.
    Set<Done> all = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Done> ended = new ArrayList<>();
    for (String name : List.of(run, traceId)) {
      Calls calls = byRun.get(name);
      if (calls != null) {
        calls.done.stream().filter(all::add).forEach(ended::add);
      }
    }
    return ended;
  }

  /// The result that an equal call had.
  synchronized Optional<ObjectNode> result(
      String run, String traceId, String tool, Digest arguments) {
    for (Done done : of(run, traceId)) {
      if (!done.result().isEmpty()
          && done.tool().equals(tool)
          && done.arguments().equals(arguments)
          && CanonicalJson.read(done.result()) instanceof ObjectNode result) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  synchronized long bytes() {
    return bytes;
  }
}
