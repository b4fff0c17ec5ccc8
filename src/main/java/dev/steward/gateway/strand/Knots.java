// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.strand;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The places that are known, found by digest, by the id of a response or of a tool call. What was
/// not used for the longest goes first.
final class Knots {
  /// Runs that went alike up to a place and are told apart.
  private static final int ALIKE_MAX = 8;

  private static final int LINKS_PER_KNOT = 4;

  private final int max;
  private final LinkedHashMap<Long, List<Knot>> byChain = new LinkedHashMap<>(64, 0.75f, true);
  private final LinkedHashMap<String, Knot> byLink = new LinkedHashMap<>(64, 0.75f, true);

  Knots(int max) {
    this.max = max;
  }

  int size() {
    return byChain.size();
  }

  /// Puts a place in, or its newer state in the place of the older.
  void put(Knot knot) {
    List<Knot> alike = byChain.computeIfAbsent(knot.chain(), _ -> new ArrayList<>(1));
    alike.removeIf(other -> same(other, knot));
    alike.addFirst(knot);
    if (alike.size() > ALIKE_MAX) {
      alike.removeLast();
    }
    for (String link : knot.links()) {
      byLink.put(knot.scope() + "\n" + link, knot);
    }
    for (String call : knot.calls()) {
      byLink.put(knot.scope() + "\n" + call, knot);
    }
    dropEldest(byChain, max);
    dropEldest(byLink, max * LINKS_PER_KNOT);
  }

  private static boolean same(Knot one, Knot other) {
    return one.scope().equals(other.scope())
        && one.strand().traceId().equals(other.strand().traceId());
  }

  /// The newest state of a place, null when it was forgotten.
  @Nullable Knot newest(Knot knot) {
    for (Knot alike : at(knot.scope(), knot.chain())) {
      if (same(alike, knot)) {
        return alike;
      }
    }
    return null;
  }

  /// The newest first.
  List<Knot> at(String scope, long chain) {
    List<Knot> all = byChain.get(chain);
    List<Knot> own = new ArrayList<>();
    if (all != null) {
      for (Knot knot : all) {
        if (knot.scope().equals(scope)) {
          own.add(knot);
        }
      }
    }
    return own;
  }

  @Nullable Knot linked(String scope, String link) {
    Knot knot = byLink.get(scope + "\n" + link);
    if (knot == null) {
      return null;
    }
    Knot newest = newest(knot);
    return newest == null ? knot : newest;
  }

  /// The place that asked for one of these calls, null when none is known.
  @Nullable Knot asking(String scope, Set<String> calls) {
    Knot found = null;
    for (String call : calls) {
      Knot knot = linked(scope, call);
      if (knot != null && (found == null || knot.next() == 0)) {
        found = knot;
      }
    }
    return found;
  }

  private static <K, V> void dropEldest(Map<K, V> map, int most) {
    Iterator<K> eldest = map.keySet().iterator();
    while (map.size() > most) {
      eldest.next();
      eldest.remove();
    }
  }
}
