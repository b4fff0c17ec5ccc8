// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.ruling;

/// How many tool calls of one answer the agent gets, and how many not.
public final class Tally {
  private int passed;
  private int heldBack;

  public Ruling count(Ruling ruling) {
    switch (ruling) {
      case Ruling.Pass _, Ruling.Change _ -> passed++;
      case Ruling.HoldBack _ -> heldBack++;
    }
    return ruling;
  }

  /// Whether there were calls and the agent gets none of them.
  public boolean noneLeft() {
    return heldBack > 0 && passed == 0;
  }
}
