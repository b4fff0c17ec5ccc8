// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.gateway.wire.Refusal;

/// What is kept of how the answer of an endpoint ended.
public interface AnswerOutcome {
  /// @param code of HTTP
  void status(int code);

  /// @param type in a word how it ended too early
  void failed(String type);

  void refused(Refusal why);
}
