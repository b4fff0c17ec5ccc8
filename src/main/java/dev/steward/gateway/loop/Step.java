// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.Cost;
import dev.steward.gateway.turn.Fingerprint;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.turn.TurnReader;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the gateway sees of a run, in the order in which it happens.
public sealed interface Step {
  Instant at();

  /// A model is asked.
  ///
  /// @param call one word for this call and its [Answered]
  /// @param messages as the client wrote them: a JSON array, or a JSON text; "" when there are none
  /// @param continues id of the answer or conversation, kept by the provider, that it goes on from;
  ///   "" when the messages are all there is
  record Asked(Instant at, String call, String messages, String continues) implements Step {}

  /// The model has answered, or its answer has failed and only cost is known.
  ///
  /// @param turns what it said, empty when nothing
  /// @param id that the provider gave the answer, "" when it gave none
  record Answered(Instant at, String call, List<Turn> turns, String id, Cost cost) implements Step {

    /// @param messages what it said in the provider's form, a JSON array; "" when nothing
    public Answered(Instant at, String call, String messages, String id, Cost cost) {
      this(at, call, TurnReader.read(messages), id, cost);
    }
  }

  /// A tool was called through the gateway.
  record ToolCalled(Instant at, String tool, long arguments, long answer) implements Step {
    public static ToolCalled of(Instant at, String tool, JsonNode arguments, JsonNode answer) {
      return new ToolCalled(at, tool, Fingerprint.arguments(arguments), Fingerprint.answer(answer));
    }
  }

  /// Work was handed on through the gateway.
  ///
  /// @param from id of the conversation or task that hands on, "" for the run itself
  /// @param to id of what begins
  record Delegated(Instant at, String from, String to) implements Step {}
}
