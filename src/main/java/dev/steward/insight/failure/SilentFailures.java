// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.failure;

import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.dialogue.Dialogue.Heard;
import dev.steward.insight.dialogue.Dialogue.Part;
import dev.steward.insight.dialogue.Dialogue.Returned;
import dev.steward.insight.dialogue.Dialogue.Spoken;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether an agent took errors of its tools for results.
public sealed interface SilentFailures {

  /// A result that says an error while its span says none, after which the agent went on without
  /// calling the tool again and without telling.
  ///
  /// @param spanId of the call, or of the turn that was told its result
  /// @param error its first words
  record SilentFailure(String spanId, String tool, String error) {}

  /// @param results of tools that could be read
  record Known(int results, List<SilentFailure> failures) implements SilentFailures {
    public Known {
      failures = List.copyOf(failures);
    }
  }

  /// @param why nothing can be said
  record Unknown(String why) implements SilentFailures {}

  static SilentFailures of(Dialogue dialogue) {
    if (!dialogue.unread().isEmpty()) {
      return new Unknown(dialogue.unread());
    }
    List<SilentFailure> failures = new ArrayList<>();
    int results = 0;
    int missing = 0;
    boolean unheard = false;
    List<Part> parts = dialogue.parts();
    IdentityHashMap<Spoken, Boolean> telling = new IdentityHashMap<>();
    for (int at = 0; at < parts.size(); at++) {
      if (!(parts.get(at) instanceof Returned returned)) {
        continue;
      }
      if (returned.result().isEmpty()) {
        missing += returned.failed() ? 0 : 1;
        continue;
      }
      results++;
      Optional<String> error =
          returned.failed() ? Optional.empty() : ErrorShape.of(returned.result());
      if (error.isPresent()) {
        switch (Sequel.of(returned, parts.subList(at + 1, parts.size()), telling)) {
          case SILENT ->
              failures.add(new SilentFailure(returned.spanId(), returned.tool(), error.get()));
          case UNHEARD -> unheard = true;
          case NOTICED -> {}
        }
      }
    }
    if (failures.isEmpty() && (missing > 0 || unheard)) {
      return new Unknown(
          unheard
              ? "what the agent said after an error was not captured"
              : "the result of a tool was not captured");
    }
    return new Known(results, failures);
  }

  /// What an agent did after an error.
  enum Sequel {
    NOTICED,
    SILENT,
    UNHEARD;

    private static final Pattern TELLS =
        Pattern.compile(
            "\\b(?:errors?|fail(?:s|ed|ure)?|unable|could"
                + " ?n[o']t|cannot|can['’]t|unfortunately|sorry|apologi[sz]e|apologies|not"
                + " (?:found|possible|available|able|allowed|valid)|n['’]t"
                + " (?:find|able)|invalid|issues?|problems?|went"
                + " wrong|unsuccessful|trouble|denied|refused|rejected)\\b",
            Pattern.CASE_INSENSITIVE);

    /// Nothing that follows is no going on.
    ///
    /// @param telling what is known of turns, so that each is read once for all errors before it
    static Sequel of(Returned error, List<Part> after, IdentityHashMap<Spoken, Boolean> telling) {
      boolean wentOn = false;
      boolean unheard = false;
      for (Part part : after) {
        switch (part) {
          case Heard _ -> {}
          case Returned again -> {
            if (again.tool().equals(error.tool())) {
              return NOTICED;
            }
            wentOn = true;
          }
          case Spoken spoken -> {
            if (telling.computeIfAbsent(spoken, turn -> TELLS.matcher(turn.text()).find())) {
              return NOTICED;
            }
            wentOn = true;
            unheard |= !spoken.captured();
          }
        }
      }
      if (!wentOn) {
        return NOTICED;
      }
      return unheard ? UNHEARD : SILENT;
    }
  }
}
