// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What is kept for clients until they come for it. What is not asked for in its time is given up;
/// who has too much gives up its own oldest, and only where all together have too much the oldest
/// of all goes.
///
/// @param <T> what is kept
public final class Kept<T> {
  /// In the order in which they are given up.
  private final Map<Key, Entry<T>> entries = new LinkedHashMap<>();

  private final Map<String, Share> shares = new HashMap<>();
  private final Limits limits;
  private final LongSupplier now;
  private long chars;

  /// Before it none is overdue.
  private long earliest = Long.MAX_VALUE;

  /// @param now a clock of any unit
  public Kept(Limits limits, LongSupplier now) {
    this.limits = limits;
    this.now = now;
  }

  /// How much is kept, in entries and in characters; the newest entry is kept whatever its length.
  public record Limits(int all, int ofOne, long charsOfAll, long charsOfOne) {}

  /// @param owner for whom it is kept
  /// @param name of it among all that is kept for the owner
  public record Key(String owner, String name) {}

  private record Entry<T>(T what, long chars, long until) {}

  /// What one owner has.
  private record Share(int count, long chars) {
    private static final Share NONE = new Share(0, 0);

    private Share plus(int more, long moreChars) {
      return new Share(count + more, chars + moreChars);
    }
  }

  /// @param length in characters, about
  /// @param until when it is given up
  /// @return what is given up for it
  public synchronized List<T> keep(Key key, T what, long length, long until) {
    List<T> over = new ArrayList<>();
    removed(key).ifPresent(before -> over.add(before.what()));
    add(key, new Entry<>(what, length, until));
    over.addAll(tooMuch(key));
    over.addAll(overdue());
    return over;
  }

  public synchronized Optional<T> look(Key key) {
    return Optional.ofNullable(entries.get(key))
        .filter(found -> found.until() > now.getAsLong())
        .map(Entry::what);
  }

  /// What is kept under the key, which is the youngest from now on.
  public synchronized Optional<T> renew(Key key, long until) {
    Optional<T> found = look(key);
    if (found.isPresent()) {
      removed(key).ifPresent(entry -> add(key, new Entry<>(entry.what(), entry.chars(), until)));
    }
    return found;
  }

  /// Says that something kept is longer by now.
  ///
  /// @return what is given up for it
  public synchronized List<T> grew(Key key, long length) {
    Optional<Entry<T>> found = removed(key);
    if (found.isEmpty()) {
      return List.of();
    }
    add(key, new Entry<>(found.get().what(), length, found.get().until()));
    return tooMuch(key);
  }

  /// What was kept, and is no more.
  public synchronized Optional<T> take(Key key) {
    return removed(key).map(Entry::what);
  }

  /// Whether something is to be given up since its time is over.
  public synchronized boolean anyOverdue() {
    return earliest <= now.getAsLong();
  }

  /// What is given up since its time is over.
  public synchronized List<T> overdue() {
    List<T> over = new ArrayList<>();
    long at = now.getAsLong();
    if (earliest > at) {
      return over;
    }
    earliest = Long.MAX_VALUE;
    for (Map.Entry<Key, Entry<T>> each : List.copyOf(entries.entrySet())) {
      if (each.getValue().until() <= at) {
        removed(each.getKey());
        over.add(each.getValue().what());
      } else {
        earliest = Math.min(earliest, each.getValue().until());
      }
    }
    return over;
  }

  private List<T> tooMuch(Key newest) {
    List<T> over = new ArrayList<>();
    while (tooMuch(newest.owner())) {
      Optional<Key> oldest = oldest(newest);
      if (oldest.isEmpty()) {
        break;
      }
      removed(oldest.get()).ifPresent(entry -> over.add(entry.what()));
    }
    while (entries.size() > 1 && (entries.size() > limits.all() || chars > limits.charsOfAll())) {
      Key first = entries.keySet().iterator().next();
      removed(first).ifPresent(entry -> over.add(entry.what()));
    }
    return over;
  }

  /// The oldest of the same owner but for that one.
  private Optional<Key> oldest(Key than) {
    for (Key key : entries.keySet()) {
      if (key.owner().equals(than.owner()) && !key.equals(than)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  private boolean tooMuch(String owner) {
    Share share = shares.getOrDefault(owner, Share.NONE);
    return share.count() > limits.ofOne() || share.chars() > limits.charsOfOne();
  }

  private void add(Key key, Entry<T> entry) {
    entries.put(key, entry);
    chars += entry.chars();
    earliest = Math.min(earliest, entry.until());
    shares.put(key.owner(), shares.getOrDefault(key.owner(), Share.NONE).plus(1, entry.chars()));
  }

  private Optional<Entry<T>> removed(Key key) {
    Entry<T> entry = entries.remove(key);
    if (entry != null) {
      chars -= entry.chars();
      Share left = shares.getOrDefault(key.owner(), Share.NONE).plus(-1, -entry.chars());
      if (left.count() == 0) {
        shares.remove(key.owner());
      } else {
        shares.put(key.owner(), left);
      }
    }
    return Optional.ofNullable(entry);
  }
}
