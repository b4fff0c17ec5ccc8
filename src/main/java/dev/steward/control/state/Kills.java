// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/// The kills in force, filed so that a call looks only at those which can mean it. It never
/// changes.
///
/// A kill is filed once: under the most telling part that it names, else under a label, else under
/// nothing. So a call costs a look-up for each part that any kill is filed under.
public final class Kills {
  /// No kill is in force.
  public static final Kills NONE =
      new Kills(TreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), TreePMap.empty());

  private final TreePMap<String, Kill> byId;
  private final HashPMap<Part, HashPMap<String, TreePMap<String, Kill>>> byPart;
  private final HashPMap<String, HashPMap<String, TreePMap<String, Kill>>> byLabel;
  private final TreePMap<String, Kill> everything;

  private Kills(
      TreePMap<String, Kill> byId,
      HashPMap<Part, HashPMap<String, TreePMap<String, Kill>>> byPart,
      HashPMap<String, HashPMap<String, TreePMap<String, Kill>>> byLabel,
      TreePMap<String, Kill> everything) {
    this.byId = byId;
    this.byPart = byPart;
    this.byLabel = byLabel;
    this.everything = everything;
  }

  /// A kill that means the call, empty when none does.
  public Optional<Kill> of(Subject subject) {
    if (byId.isEmpty()) {
      return Optional.empty();
    }
    if (!everything.isEmpty()) {
      return Optional.of(everything.firstEntry().getValue());
    }
    Kill found = amongParts(subject);
    return Optional.ofNullable(found == null ? amongLabels(subject) : found);
  }

  /// By id, and so the oldest first.
  public Collection<Kill> all() {
    return byId.values();
  }

  public Optional<Kill> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The kill with the selector, whose version may be shortened.
  public Optional<Kill> of(Selector selector) {
    return byId.values().stream().filter(kill -> same(kill.selector(), selector)).findFirst();
  }

  public int size() {
    return byId.size();
  }

  /// With one more, or with another form of one.
  public Kills plus(Kill kill) {
    Kills less = minus(kill.id());
    TreePMap<String, Kill> ids = less.byId.plus(kill.id(), kill);
    Selector selector = kill.selector();
    if (!selector.parts().isEmpty()) {
      Map.Entry<Part, String> part = selector.parts().entrySet().iterator().next();
      return new Kills(
          ids,
          filed(less.byPart, part.getKey(), part.getValue(), kill),
          less.byLabel,
          less.everything);
    }
    if (!selector.labels().isEmpty()) {
      Map.Entry<String, String> label = selector.labels().firstEntry();
      return new Kills(
          ids,
          less.byPart,
          filed(less.byLabel, label.getKey(), label.getValue(), kill),
          less.everything);
    }
    return new Kills(ids, less.byPart, less.byLabel, less.everything.plus(kill.id(), kill));
  }

  /// Without the one.
  public Kills minus(String id) {
    Kill kill = byId.get(id);
    if (kill == null) {
      return this;
    }
    TreePMap<String, Kill> ids = byId.minus(id);
    Selector selector = kill.selector();
    if (!selector.parts().isEmpty()) {
      Map.Entry<Part, String> part = selector.parts().entrySet().iterator().next();
      return new Kills(ids, taken(byPart, part.getKey(), part.getValue(), id), byLabel, everything);
    }
    if (!selector.labels().isEmpty()) {
      Map.Entry<String, String> label = selector.labels().firstEntry();
      return new Kills(
          ids, byPart, taken(byLabel, label.getKey(), label.getValue(), id), everything);
    }
    return new Kills(ids, byPart, byLabel, everything.minus(id));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Kills kills && byId.equals(kills.byId));
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return byId.values().toString();
  }

  private static boolean same(Selector killed, Selector asked) {
    String start = asked.value(Part.VERSION);
    String version = killed.value(Part.VERSION);
    return killed.equals(asked)
        || (!start.isEmpty()
            && version.startsWith(start)
            && killed.equals(asked.with(Part.VERSION, version)));
  }

  private @Nullable Kill amongParts(Subject subject) {
    for (Map.Entry<Part, HashPMap<String, TreePMap<String, Kill>>> filed : byPart.entrySet()) {
      for (String value : filed.getKey().of(subject)) {
        Kill found = first(filed.getValue().get(value), subject);
        int slash = value.indexOf('/');
        if (found == null && slash > 0 && filed.getKey() == Part.TOOL) {
          found = first(filed.getValue().get(value.substring(0, slash)), subject);
        }
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable Kill amongLabels(Subject subject) {
    for (Map.Entry<String, HashPMap<String, TreePMap<String, Kill>>> filed : byLabel.entrySet()) {
      String value = subject.labels().get(filed.getKey());
      Kill found = value == null ? null : first(filed.getValue().get(value), subject);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Kill first(@Nullable TreePMap<String, Kill> kills, Subject subject) {
    if (kills != null) {
      for (Kill kill : kills.values()) {
        if (kill.selector().matches(subject)) {
          return kill;
        }
      }
    }
    return null;
  }

  private static <K> HashPMap<K, HashPMap<String, TreePMap<String, Kill>>> filed(
      HashPMap<K, HashPMap<String, TreePMap<String, Kill>>> all, K key, String value, Kill kill) {
    HashPMap<String, TreePMap<String, Kill>> ofKey = all.getOrDefault(key, HashTreePMap.empty());
    TreePMap<String, Kill> ofValue = ofKey.getOrDefault(value, TreePMap.empty());
    return all.plus(key, ofKey.plus(value, ofValue.plus(kill.id(), kill)));
  }

  private static <K> HashPMap<K, HashPMap<String, TreePMap<String, Kill>>> taken(
      HashPMap<K, HashPMap<String, TreePMap<String, Kill>>> all, K key, String value, String id) {
    HashPMap<String, TreePMap<String, Kill>> ofKey = all.getOrDefault(key, HashTreePMap.empty());
    TreePMap<String, Kill> ofValue = ofKey.getOrDefault(value, TreePMap.empty()).minus(id);
    HashPMap<String, TreePMap<String, Kill>> rest =
        ofValue.isEmpty() ? ofKey.minus(value) : ofKey.plus(value, ofValue);
    return rest.isEmpty() ? all.minus(key) : all.plus(key, rest);
  }
}
