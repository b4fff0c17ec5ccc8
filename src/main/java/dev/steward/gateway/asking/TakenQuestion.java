// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import dev.steward.domain.Digest;
import dev.steward.gateway.asking.Sampling.Sampled;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// A question that a client took away with a result, kept until its server has the answer. What the
/// client's model did for it is charged once for each answer, however often that is brought.
public final class TakenQuestion implements AutoCloseable {
  private static final int ANSWERS_MAX = 100;
  private static final long OVERHEAD = 1_000;

  private final String method;
  private final Digest said;
  private final ObjectNode asked;
  private final Optional<Sampled> sampled;
  private final String approval;
  private final Set<Digest> charged = new HashSet<>();

  /// @param said digest of what the server asked, before anything was changed in it
  /// @param asked parameters as they were put before the client
  /// @param sampled empty where it is no question to its model
  /// @param approval by which people let it be asked, "" where nobody was asked
  public TakenQuestion(
      String method, Digest said, ObjectNode asked, Optional<Sampled> sampled, String approval) {
    this.method = method;
    this.said = said;
    this.asked = asked.deepCopy();
    this.sampled = sampled;
    this.approval = approval;
  }

  public String method() {
    return method;
  }

  public Digest said() {
    return said;
  }

  public ObjectNode asked() {
    return asked.deepCopy();
  }

  /// Whether it could be an answer to this question.
  public boolean isAnsweredBy(ObjectNode answer) {
    return AnswerShape.of(answer).filter(shape -> shape.method().equals(method)).isPresent();
  }

  /// By which people let it be asked: what lets the question pass lets its answer pass too.
  public String approval() {
    return approval;
  }

  /// What it takes to keep it, about.
  public long chars() {
    return asked.toString().length() + OVERHEAD;
  }

  /// Charges what the client's model did for the answer, if that was not done before.
  ///
  /// @param another begins another question to the client's model, for an answer after the first
  public synchronized void charge(ObjectNode answer, Supplier<Sampled> another) {
    Digest given = Digest.of(answer.toString());
    if (sampled.isEmpty() || charged.contains(given)) {
      return;
    }
    if (charged.isEmpty()) {
      sampled.get().answered(answer);
    } else {
      try (Sampled more = another.get()) {
        more.answered(answer);
      }
    }
    if (charged.size() < ANSWERS_MAX) {
      charged.add(given);
    }
  }

  /// Says that the client was not asked.
  public void unasked() {
    sampled.ifPresent(Sampled::refused);
  }

  @Override
  public void close() {
    sampled.ifPresent(Sampled::close);
  }
}
