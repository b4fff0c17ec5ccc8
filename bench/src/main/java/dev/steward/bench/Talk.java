// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.util.Random;

/// Texts that compress about as well as what people and models write.
final class Talk {
  private static final String[] WORDS =
      ("the order was delayed because our carrier lost it refund policy allows thirty days agent"
              + " please confirm address payment card invoice number customer wants an answer today"
              + " search results show several options with different prices and delivery times")
          .split(" ");

  private final Random random;

  Talk(Random random) {
    this.random = random;
  }

  /// Words, and now and then a number that was never said before.
  String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      if (random.nextInt(6) == 0) {
        text.append(Integer.toHexString(random.nextInt())).append(' ');
      }
    }
    return text.substring(0, length);
  }

  /// A message of the GenAI conventions.
  String message(String role, int length) {
    return "{\"role\":\""
        + role
        + "\",\"parts\":[{\"type\":\"text\",\"content\":\""
        + text(length)
        + "\"}]}";
  }
}
