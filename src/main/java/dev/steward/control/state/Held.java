// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.shelf.Revision;
import dev.steward.domain.resource.Resource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePVector;

/// One resource in State: its history, and its last form once somebody has asked for it.
final class Held {
  private final String kind;
  private final String key;
  private final TreePVector<Revision> history;
  private volatile @Nullable Resource memo;

  Held(String kind, String key, TreePVector<Revision> history, @Nullable Resource memo) {
    this.kind = kind;
    this.key = key;
    this.history = history;
    this.memo = memo;
  }

  String kind() {
    return kind;
  }

  String key() {
    return key;
  }

  TreePVector<Revision> history() {
    return history;
  }

  Revision last() {
    return history.getLast();
  }

  Held plus(Revision revision, @Nullable Resource resource) {
    return new Held(kind, key, history.plus(revision), resource);
  }

  Resource resource(Supplier<Resource> read) {
    Resource known = memo;
    if (known == null) {
      known = read.get();
      memo = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Held held
        && kind.equals(held.kind)
        && key.equals(held.key)
        && history.equals(held.history);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, key, history.size());
  }

  @Override
  public String toString() {
    return kind + " " + key + " " + history;
  }
}
