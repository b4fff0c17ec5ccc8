// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import java.util.List;

/// One message of a conversation as far as loops show in it, whatever the dialect it came in.
///
/// @param words fingerprint of what it says in words, [Fingerprint#NONE] when it says nothing
public record Turn(Role role, long words, List<Call> calls, List<Result> results) {
  public Turn {
    calls = List.copyOf(calls);
    results = List.copyOf(results);
  }

  /// Who speaks.
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
  }

  /// A tool that the model asks for.
  ///
  /// @param id "" where the dialect gives none
  public record Call(String id, String tool, long arguments) {
    public long fingerprint() {
      return Fingerprint.mix(Fingerprint.of(tool), arguments);
    }
  }

  /// What a tool answered.
  ///
  /// @param id of the call, or the tool's name where the dialect gives no id
  public record Result(String id, long answer) {}

  /// The same message sent again has the same fingerprint.
  public long fingerprint() {
    long all = Fingerprint.mix(Fingerprint.of(role.name()), words);
    for (Call call : calls) {
      all = Fingerprint.mix(all, Fingerprint.mix(Fingerprint.of(call.id()), call.fingerprint()));
    }
    for (Result result : results) {
      all = Fingerprint.mix(all, Fingerprint.mix(Fingerprint.of(result.id()), result.answer()));
    }
    return all;
  }
}
