// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Questions that clients took away with a result, until they come back with the answers. One that
/// is not answered for long is given up.
///
/// @param <T> what is kept of a question
public final class OpenQuestions<T extends AutoCloseable> {
  private static final int MAX = 10_000;
  private static final Duration TIME = Duration.ofMinutes(10);

  private final Map<String, Open<T>> questions = new LinkedHashMap<>();
  private final LongSupplier nanos;

  public OpenQuestions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Open<T>(T question, long untilNanos) {}

  /// @param key of the caller, the request and the question
  /// @return what is given up, to be closed
  public List<T> keep(String key, T question) {
    List<T> over = new ArrayList<>();
    synchronized (questions) {
      Open<T> before = questions.put(key, new Open<>(question, nanos.getAsLong() + TIME.toNanos()));
      if (before != null) {
        over.add(before.question());
      }
      over.addAll(late());
    }
    return over;
  }

  /// What is kept under the key, which goes on being kept.
  public Optional<T> look(String key) {
    synchronized (questions) {
      return Optional.ofNullable(questions.get(key)).map(Open::question);
    }
  }

  /// What was kept, which is then answered.
  public Optional<T> take(String key) {
    synchronized (questions) {
      return Optional.ofNullable(questions.remove(key)).map(Open::question);
    }
  }

  /// What waits too long for its answer, and does so no more.
  public List<T> overdue() {
    synchronized (questions) {
      return late();
    }
  }

  private List<T> late() {
    List<T> over = new ArrayList<>();
    Iterator<Open<T>> oldest = questions.values().iterator();
    while (oldest.hasNext()) {
      Open<T> each = oldest.next();
      if (questions.size() <= MAX && each.untilNanos() - nanos.getAsLong() > 0) {
        break;
      }
      over.add(each.question());
      oldest.remove();
    }
    return over;
  }
}
