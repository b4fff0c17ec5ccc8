// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One part of a subject that a selector can ask for, the most telling first.
public enum Part {
  RUN,
  CONVERSATION,
  TASK,
  VERSION,
  AGENT,
  TOOL,
  WORKFLOW,
  MODEL,
  PROVIDER,
  ENVIRONMENT;

  /// What the subject says of it, "" where it is not known: one word, but of workflows all that it
  /// counts for.
  public Collection<String> of(Subject subject) {
    return switch (this) {
      case RUN -> List.of(subject.run());
      case CONVERSATION -> List.of(subject.conversation());
      case TASK -> List.of(subject.task());
      case VERSION -> List.of(subject.version());
      case AGENT -> List.of(subject.agent());
      case TOOL -> List.of(subject.tool());
      case WORKFLOW -> subject.workflows();
      case MODEL -> List.of(subject.model());
      case PROVIDER -> List.of(subject.provider());
      case ENVIRONMENT -> List.of(subject.environment());
    };
  }

  /// As it is written, such as `run`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Part> named(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Part::word).toList();
  }
}
