// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.gateway.framing.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How a call ended by what its answer says: the protocol tells of failures under a status of HTTP
/// that says success.
final class HowEnded {
  private static final String UNREADABLE = "unreadable";

  private HowEnded() {}

  /// In a word, which is the same for calls that ended alike.
  static String of(byte[] answer) {
    if (new String(answer, StandardCharsets.UTF_8).stripLeading().startsWith("{")) {
      return Told.of(answer).map(HowEnded::word).orElse(UNREADABLE);
    }
    String last = UNREADABLE;
    for (SseEvent event : SseEvent.read(answer)) {
      Optional<Told> told = Told.of(event.data().getBytes(StandardCharsets.UTF_8));
      boolean says = told.isPresent() && !told.get().artifact();
      last = says ? word(told.get()) : last;
    }
    return last;
  }

  private static String word(Told told) {
    if (!told.error().isEmpty()) {
      return "error " + told.error();
    }
    return switch (told.state()) {
      // A message is an answer without a task.
      case "", "TASK_STATE_COMPLETED" -> "answered";
      case "TASK_STATE_SUBMITTED", "TASK_STATE_WORKING" -> "working";
      default -> told.state();
    };
  }
}
