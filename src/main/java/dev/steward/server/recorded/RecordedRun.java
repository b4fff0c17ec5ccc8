// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One recorded run in the form that all benchmarks are brought to before they become spans.
///
/// @param key tells the run from all others, whatever file it is in; its ids are made of it
/// @param agent the agent that the run is an invocation of
/// @param task the piece of work, the same over trials of it
/// @param instructions system prompts by agent name
/// @param heardByAll whether every agent hears all that is said; otherwise only the agent of the
///   run does, and the others hear what they are told
/// @param facts further facts that the recording states, as attributes
/// @param duration null where the recording does not say
record RecordedRun(
    Benchmark benchmark,
    String key,
    String service,
    String agent,
    String conversation,
    String task,
    @Nullable String provider,
    @Nullable String model,
    Map<String, String> instructions,
    boolean heardByAll,
    List<Step> steps,
    List<Judgement> judgements,
    Map<String, String> facts,
    @Nullable Duration duration) {

  /// Something that happened in the run, in order.
  sealed interface Step {
    /// Where it stands in the recording, from 0.
    int index();
  }

  /// Something a person said to the agents.
  record Told(int index, String text) implements Step {}

  /// One model turn.
  ///
  /// @param speaker the agent whose turn it is
  /// @param text "" when it only calls tools
  record Turn(int index, String speaker, String text, List<Call> calls) implements Step {}

  /// A tool that ran.
  ///
  /// @param by the agent that had it run
  /// @param callId null where the recording has none
  /// @param argumentsJson null where the recording has none
  /// @param error type of the failure, null when it went well
  record Action(
      int index,
      String by,
      String tool,
      @Nullable String callId,
      @Nullable String argumentsJson,
      String result,
      @Nullable String error,
      String errorMessage)
      implements Step {}

  /// A model's request to run a tool.
  record Call(@Nullable String id, String tool, String argumentsJson) {}

  /// What somebody judged of the run, or of one step.
  ///
  /// @param step index of the step that is judged, -1 for the whole run
  record Judgement(
      int step, String name, String label, @Nullable Double score, String explanation) {}
}
