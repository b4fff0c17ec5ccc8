// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Releases;
import dev.steward.control.release.Shadowing;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer.Tool;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Shadow;
import dev.steward.gateway.record.Place;
import dev.steward.trace.diary.Diary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is known of copies of live calls.
public final class Shadows implements AutoCloseable {
  private static final Duration TOLD_EVERY = Duration.ofSeconds(1);

  private final ShadowRuns runs;
  private final RunCalls calls = new RunCalls();
  private final Tallies tallies;

  /// @param diary of the runs that were begun for copies
  /// @param told is given a release and what is to be added to its sums
  public Shadows(Diary diary, BiConsumer<String, Map<String, BigDecimal>> told) {
    this.runs = new ShadowRuns(diary);
    this.tallies = new Tallies(told, TOLD_EVERY);
  }

  /// Forgets everything when the process ends.
  public static Shadows inMemory() {
    return new Shadows(Diary.NONE, (_, _) -> {});
  }

  public ShadowRuns runs() {
    return runs;
  }

  public RunCalls calls() {
    return calls;
  }

  public Tallies tallies() {
    return tallies;
  }

  /// How a call with effects is answered that a shadow makes.
  ///
  /// @param how a word of `Shadowing`
  /// @param result null where it is refused
  public record Instead(String how, @Nullable ObjectNode result) {}

  /// Answers a call with effects without making it: as the live run's equal call was, else as the
  /// tool declares.
  ///
  /// @param target as `server/tool`
  public Instead instead(Shadow shadow, Tool tool, String target, ObjectNode arguments) {
    Optional<ObjectNode> live =
        calls.result(shadow.run(), shadow.traceId(), target, digest(arguments));
    Instead instead =
        live.isPresent()
            ? new Instead(Shadowing.FROM_LIVE, live.get())
            : tool.inShadow().isEmpty()
                ? new Instead(Shadowing.REFUSED, null)
                : new Instead(Shadowing.SIMULATED, simulated(tool));
    tallies.add(shadow.release(), instead.how(), 1);
    return instead;
  }

  private static ObjectNode simulated(Tool tool) {
    ObjectNode result = CanonicalJson.object();
    result.putArray("content").addObject().put("type", "text").put("text", tool.inShadow());
    result.set("structuredContent", CanonicalJson.read(tool.inShadow()));
    return result;
  }

  /// Notes a call of one side of a comparison; of anybody else it keeps nothing, and what is kept
  /// for a comparison that is over goes.
  ///
  /// @param target as `server/tool`
  /// @param result as JSON, "" for none
  public void note(
      State state,
      Caller caller,
      Place place,
      String target,
      ObjectNode arguments,
      boolean acts,
      RunCalls.Ended ended,
      Instant at,
      String result) {
    Releases releases = state.releases();
    calls.keepOnly(release -> releases.find(release).filter(ReleaseRecord::shadows).isPresent());
    releases
        .shadowed(caller.agent().name(), caller.environment())
        .map(record -> record.release().id())
        .filter(id -> caller.shadow().map(Shadow::release).orElse(id).equals(id))
        .ifPresent(id ->
            calls.note(
                id, place, new RunCalls.Done(target, digest(arguments), acts, ended, at, result)));
  }

  private static Digest digest(ObjectNode arguments) {
    return Digest.of(CanonicalJson.text(arguments));
  }

  @Override
  public void close() {
    tallies.close();
  }
}
