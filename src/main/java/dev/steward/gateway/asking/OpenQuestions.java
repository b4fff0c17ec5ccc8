// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import dev.steward.gateway.session.Kept;
import dev.steward.gateway.session.Reminders;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Questions that clients took away with a result, until they come back with the answers. One that
/// is neither answered nor asked for again for long is given up, also while nobody calls.
public final class OpenQuestions implements AutoCloseable {
  private static final Duration TIME = Duration.ofMinutes(10);
  private static final Kept.Limits LIMITS = new Kept.Limits(10_000, 500, 64L << 20, 8L << 20);

  private final Kept<TakenQuestion> questions;
  private final LongSupplier nanos;
  private final Reminders.Watch sweeping;

  /// @param reminders by which it is looked through now and then
  public OpenQuestions(Reminders reminders) {
    this.nanos = reminders.nanos();
    this.questions = new Kept<>(LIMITS, nanos);
    this.sweeping = reminders.watch(new Overdue());
  }

  private final class Overdue implements Reminders.Listener {
    @Override
    public long idleNanos() {
      return questions.anyOverdue() ? Long.MAX_VALUE : 0;
    }

    @Override
    public void remind() {
      questions.overdue().forEach(TakenQuestion::close);
    }
  }

  public void keep(Kept.Key key, TakenQuestion question) {
    questions.keep(key, question, question.chars(), until()).forEach(TakenQuestion::close);
  }

  /// What is kept under the key; it has its time anew, since whoever looks has not left it.
  public Optional<TakenQuestion> look(Kept.Key key) {
    return questions.renew(key, until());
  }

  /// Says that the question is answered.
  public void take(Kept.Key key) {
    questions.take(key);
  }

  private long until() {
    return nanos.getAsLong() + TIME.toNanos();
  }

  @Override
  public void close() {
    sweeping.close();
  }
}
