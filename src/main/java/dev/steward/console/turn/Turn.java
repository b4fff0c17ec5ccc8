// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.turn;

import java.util.List;
import java.util.stream.Collectors;

/// One message, read.
///
/// @param role system, user, assistant, tool, or the sender's own word
/// @param name of who speaks where the sender gives one, else ""
public record Turn(String role, String name, List<Part> parts) {

  /// One part of a message.
  public sealed interface Part {
    record Text(String text) implements Part {}

    record Reasoning(String text) implements Part {}

    record Request(String callId, String tool, String arguments) implements Part {}

    record Response(String callId, String result) implements Part {}

    /// A picture, sound or file; only what it is, never its bytes.
    record Medium(String what) implements Part {}
  }

  public String text() {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(p -> ((Part.Text) p).text())
        .collect(Collectors.joining("\n\n"));
  }

  public boolean instructs() {
    return role.equals("system") || role.equals("developer");
  }

  public boolean answers() {
    return role.equals("assistant") || role.equals("model") || role.equals("ai");
  }

  /// The same for messages that say the same, however their senders dressed them.
  public String sameness() {
    String calls =
        parts.stream()
            .map(p ->
                switch (p) {
                  case Part.Text _, Part.Reasoning _ -> "";
                  case Part.Request r -> "?" + r.callId() + r.tool();
                  case Part.Response r -> "!" + r.callId() + r.result();
                  case Part.Medium m -> "#" + m.what();
                })
            .collect(Collectors.joining());
    return (answers() ? "assistant" : role) + "\n" + text().strip() + calls;
  }
}
