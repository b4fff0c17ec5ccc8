// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

/// What a model reads in the place of a call that was held back.
final class Refusals {
  private Refusals() {}

  static String denied(String name, String reason) {
    return "[Steward held back the call of the tool "
        + name
        + ", which was not executed: "
        + reason
        + ". Do not call it again in the same way: find another way, or say what cannot be done.]";
  }

  /// @param text that says what it waits for and how to ask again
  static String waits(String name, String text) {
    return "[Steward held back the call of the tool "
        + name
        + ", which was not executed: it waits for people. "
        + text
        + "]";
  }
}
