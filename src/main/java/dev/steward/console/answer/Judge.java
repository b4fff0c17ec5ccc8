// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.control.access.Actor;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;

/// Who judged a run, in words.
public final class Judge {
  private static final String VIA = " via ";

  private Judge() {}

  /// @param by as it stands on an evaluation: `sender`, `gateway`, `KIND:ID` of who told it, with
  ///   `WHO via ` before it where that is somebody else, or an evaluator's own name
  public static String words(String by, State state) {
    int via = by.lastIndexOf(VIA);
    return via < 0
        ? teller(by, state)
        : by.substring(0, via + VIA.length()) + teller(by.substring(via + VIA.length()), state);
  }

  private static String teller(String by, State state) {
    int colon = by.indexOf(':');
    String kind = colon < 0 ? by : by.substring(0, colon);
    return switch (kind) {
      case "sender" -> "its sender";
      case "gateway" -> "the gateway";
      case "person", "token" ->
          colon < 0 ? by : ActorName.of(new Actor(kind, by.substring(colon + 1)), state);
      default -> by;
    };
  }
}
