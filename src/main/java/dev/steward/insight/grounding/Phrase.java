// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

/// Words that are looked for, in time that grows with the text alone: with words and texts of an
/// agent's choice, a plain search takes the product of both.
final class Phrase {
  private final String words;

  /// Of how many first letters the last of the first are the same again.
  private final int[] again;

  Phrase(String words) {
    this.words = words;
    this.again = new int[words.length()];
    for (int at = 1; at < again.length; at++) {
      again[at] = held(again[at - 1], words.charAt(at));
    }
  }

  boolean in(String text) {
    if (words.isEmpty()) {
      return true;
    }
    int held = 0;
    int at = text.indexOf(words.charAt(0));
    while (at >= 0 && at < text.length()) {
      held = held(held, text.charAt(at));
      if (held == words.length()) {
        return true;
      }
      at = held == 0 ? text.indexOf(words.charAt(0), at + 1) : at + 1;
    }
    return false;
  }

  /// How many of the words' letters stand there after one more.
  private int held(int before, char next) {
    int held = before;
    while (held > 0 && words.charAt(held) != next) {
      held = again[held - 1];
    }
    return words.charAt(held) == next ? held + 1 : 0;
  }
}
