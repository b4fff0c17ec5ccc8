// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

/// How many tool calls of one answer the agent gets, and how many not.
final class Tally {
  private int passed;
  private int heldBack;

  Ruling count(Ruling ruling) {
    switch (ruling) {
      case Ruling.Pass _, Ruling.Change _ -> passed++;
      case Ruling.HoldBack _ -> heldBack++;
    }
    return ruling;
  }

  int heldBack() {
    return heldBack;
  }

  /// Whether there were calls and the agent gets none of them.
  boolean noneLeft() {
    return heldBack > 0 && passed == 0;
  }
}
