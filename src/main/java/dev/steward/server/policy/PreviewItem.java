// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.insight.replay.RecordedCall;
import dev.steward.insight.replay.RecordedCalls.Reading;
import dev.steward.policy.duty.Duty;
import dev.steward.policy.preview.Preview;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What proposed policies would have made of recorded tool calls.
///
/// @param since start of the oldest run that was looked at
/// @param runs that were looked at
/// @param calls that were looked at
/// @param same calls that are decided on as now
/// @param undecided calls whose arguments were not recorded, though a condition asks for them
/// @param newlyDenied calls that are let through or need approval now
/// @param newlyAllowed calls that are denied or need approval now
/// @param otherDuties calls that are decided on as now, with other duties along with them
/// @param cut why older runs were left out, "" where none were
/// @param left kinds of changes that are not listed
public record PreviewItem(
    Instant since,
    int runs,
    long calls,
    long same,
    long undecided,
    long newlyDenied,
    long newlyNeedApproval,
    long newlyAllowed,
    long otherDuties,
    String cut,
    List<PreviewedChange> changes,
    int left) {
  private static final int CHANGES_MAX = 500;

  /// Calls of one agent to one tool that come out otherwise in the same way.
  ///
  /// @param before what the policies in force say: allow, require_approval or deny
  /// @param added duties that are newly demanded along with the call, where it is decided as now
  /// @param removed duties that are demanded no longer
  public record PreviewedChange(
      String agent,
      String environment,
      String tool,
      String before,
      String after,
      List<String> added,
      List<String> removed,
      long calls,
      List<PreviewedCall> examples) {}

  /// One of these calls.
  ///
  /// @param rules that would decide, as `policy/rule`
  /// @param arguments as JSON, null where they were not recorded or may not be read
  public record PreviewedCall(
      String run,
      String span,
      Instant at,
      List<String> rules,
      String reason,
      @Nullable String arguments) {}

  /// @param readable whether what was said in a run may be read
  static PreviewItem of(
      Reading reading, Preview.Result<RecordedCall> result, Predicate<Run> readable) {
    List<PreviewedChange> changes = new ArrayList<>();
    int listed = Math.min(CHANGES_MAX, result.changes().size());
    for (Preview.Change<RecordedCall> change : result.changes().subList(0, listed)) {
      List<PreviewedCall> examples = new ArrayList<>();
      for (Preview.Example<RecordedCall> example : change.examples()) {
        examples.add(item(example, readable));
      }
      changes.add(
          new PreviewedChange(
              change.agent(),
              change.environment(),
              change.tool(),
              change.before().word(),
              change.after().word(),
              words(change.added()),
              words(change.removed()),
              change.calls(),
              examples));
    }
    return new PreviewItem(
        reading.since(),
        reading.runs(),
        result.calls(),
        result.same(),
        result.undecided(),
        result.newly(Tier.DENY),
        result.newly(Tier.REQUIRE_APPROVAL),
        result.newly(Tier.ALLOW),
        result.otherDuties(),
        reading.cut(),
        changes,
        result.changes().size() - listed);
  }

  private static List<String> words(List<Duty> duties) {
    return duties.stream().map(Duty::words).toList();
  }

  private static PreviewedCall item(
      Preview.Example<RecordedCall> example, Predicate<Run> readable) {
    RecordedCall call = example.place();
    return new PreviewedCall(
        call.run().id(),
        call.spanId(),
        call.at(),
        example.rules().stream().map(RuleName::toString).toList(),
        example.reason(),
        call.argumentsKnown() && readable.test(call.run()) ? call.argumentsJson() : null);
  }
}
