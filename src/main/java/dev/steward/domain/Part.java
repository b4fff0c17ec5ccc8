// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// One part of a subject that a selector can ask for, the most telling first.
public enum Part {
  RUN(Subject::run),
  CONVERSATION(Subject::conversation),
  TASK(Subject::task),
  VERSION(Subject::version),
  AGENT(Subject::agent),
  TOOL(Subject::tool),
  WORKFLOW(Subject::workflow),
  MODEL(Subject::model),
  PROVIDER(Subject::provider),
  ENVIRONMENT(Subject::environment);

  private final Function<Subject, String> value;

  Part(Function<Subject, String> value) {
    this.value = value;
  }

  /// What the subject says of it, "" where it is not known.
  public String of(Subject subject) {
    return value.apply(subject);
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
