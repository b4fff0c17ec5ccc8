// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Questions that clients took away with a result, until they come back with the answers. One that
/// is not answered for long is given up; a client that took away too many gives up its oldest.
///
/// @param <T> what is kept of a question
public final class OpenQuestions<T extends AutoCloseable> {
  static final int MAX = 10_000;
  static final int OF_ONE_MAX = 500;
  private static final Duration TIME = Duration.ofMinutes(10);

  /// In the order in which they are given up.
  private final Map<Key, Open<T>> questions = new LinkedHashMap<>();

  private final Map<String, Integer> counts = new HashMap<>();
  private final LongSupplier nanos;

  public OpenQuestions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// @param owner who was asked
  /// @param question its name among all that the owner was asked
  public record Key(String owner, String question) {}

  private record Open<T>(T question, long untilNanos) {}

  /// @return what is given up for it, to be closed
  public List<T> keep(Key key, T question) {
    List<T> over = new ArrayList<>();
    synchronized (questions) {
      removed(key).ifPresent(over::add);
      questions.put(key, new Open<>(question, nanos.getAsLong() + TIME.toNanos()));
      if (counts.merge(key.owner(), 1, Integer::sum) > OF_ONE_MAX) {
        removed(oldest(key.owner())).ifPresent(over::add);
      }
      over.addAll(late());
    }
    return over;
  }

  /// What is kept under the key, which goes on being kept.
  public Optional<T> look(Key key) {
    synchronized (questions) {
      return Optional.ofNullable(questions.get(key)).map(Open::question);
    }
  }

  /// What was kept, and is no more.
  public Optional<T> take(Key key) {
    synchronized (questions) {
      return removed(key);
    }
  }

  /// Whether one waits too long for its answer.
  public boolean anyOverdue() {
    synchronized (questions) {
      Iterator<Open<T>> oldest = questions.values().iterator();
      return oldest.hasNext() && overdue(oldest.next());
    }
  }

  /// What waits too long for its answer, and does so no more.
  public List<T> overdue() {
    synchronized (questions) {
      return late();
    }
  }

  private boolean overdue(Open<T> open) {
    return open.untilNanos() - nanos.getAsLong() <= 0;
  }

  private List<T> late() {
    List<T> over = new ArrayList<>();
    Iterator<Map.Entry<Key, Open<T>>> oldest = questions.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Key, Open<T>> each = oldest.next();
      if (questions.size() <= MAX && !overdue(each.getValue())) {
        break;
      }
      over.add(each.getValue().question());
      oldest.remove();
      uncount(each.getKey());
    }
    return over;
  }

  private Key oldest(String owner) {
    for (Key key : questions.keySet()) {
      if (key.owner().equals(owner)) {
        return key;
      }
    }
    throw new IllegalStateException("nothing is kept of an owner that is counted");
  }

  private Optional<T> removed(Key key) {
    Open<T> open = questions.remove(key);
    if (open == null) {
      return Optional.empty();
    }
    uncount(key);
    return Optional.of(open.question());
  }

  private void uncount(Key key) {
    int left = counts.getOrDefault(key.owner(), 1) - 1;
    if (left == 0) {
      counts.remove(key.owner());
    } else {
      counts.put(key.owner(), left);
    }
  }
}
