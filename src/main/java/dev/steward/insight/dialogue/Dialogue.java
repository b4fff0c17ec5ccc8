// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.dialogue;

import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.util.Collection;
import java.util.List;

/// What was said and returned in one run, in order of time.
///
/// @param unread why not all of it could be read, "" where it was
public record Dialogue(List<Part> parts, String unread) {
  /// A run of more spans is not read.
  public static final int SPANS_MAX = 2_000;

  public static final Dialogue TOO_LONG =
      new Dialogue(List.of(), "the run has more than " + SPANS_MAX + " spans");

  public Dialogue {
    parts = List.copyOf(parts);
  }

  /// Something that was said or returned.
  public sealed interface Part {
    /// The span that tells of it.
    String spanId();
  }

  /// What the agent was told: by people, by its instructions, by documents.
  public record Heard(String spanId, String text) implements Part {}

  /// What a tool returned.
  ///
  /// @param arguments as JSON, "" where they are not known
  /// @param result as JSON, "" where it was not captured
  /// @param failed whether its span says so
  public record Returned(
      String spanId, String tool, String arguments, String result, boolean failed)
      implements Part {}

  /// A turn of a model.
  ///
  /// @param text "" where it says nothing, or nothing was captured
  /// @param calls whether it asks for tools
  /// @param own whether the run's agent says it, and not one that works for it
  /// @param captured whether anything of its answer was
  public record Spoken(String spanId, String text, boolean calls, boolean own, boolean captured)
      implements Part {

    /// Whether it is said to whoever asked.
    public boolean answer() {
      return own && !calls && !text.isBlank();
    }
  }

  /// @param spans of the run, each call once, with what was said
  public static Dialogue of(Run run, Collection<Span> spans) {
    if (spans.size() > SPANS_MAX) {
      return TOO_LONG;
    }
    return new DialogueReader(run.rootSpanId(), spans).read();
  }

  /// What was said to whoever asked.
  public List<Spoken> answers() {
    return parts.stream()
        .filter(Spoken.class::isInstance)
        .map(Spoken.class::cast)
        .filter(Spoken::answer)
        .toList();
  }
}
