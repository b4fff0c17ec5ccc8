// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.Arrays;
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

  /// What the subject says of it, "" where it is not known.
  public String of(Subject subject) {
    return switch (this) {
      case RUN -> subject.run();
      case CONVERSATION -> subject.conversation();
      case TASK -> subject.task();
      case VERSION -> subject.version();
      case AGENT -> subject.agent();
      case TOOL -> subject.tool();
      case WORKFLOW -> subject.workflow();
      case MODEL -> subject.model();
      case PROVIDER -> subject.provider();
      case ENVIRONMENT -> subject.environment();
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
