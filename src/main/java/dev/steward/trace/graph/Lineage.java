// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is whose parent among the spans of one trace, with circles cut. Positions are those of the
/// list it was made from, which must be in a fixed order so that a circle is always cut at the same
/// place: at its first span.
public final class Lineage {
  /// How a span got its place.
  public enum Place {
    /// It has no parent.
    ROOT,
    /// Below its parent.
    CHILD,
    /// Its parent has not arrived; it stands at the top until it does.
    ORPHAN,
    /// Its parents went in a circle, which was cut here.
    CUT
  }

  private final int[] parents;
  private final Place[] places;

  private Lineage(int[] parents, Place[] places) {
    this.parents = parents;
    this.places = places;
  }

  /// @param ids span ids, each once
  /// @param parentIds parent of the span in the same position, null for none
  public static Lineage of(List<String> ids, List<@Nullable String> parentIds) {
    Map<String, Integer> positions = new HashMap<>(ids.size() * 2);
    for (int i = 0; i < ids.size(); i++) {
      positions.put(ids.get(i), i);
    }
    int[] parents = new int[ids.size()];
    Place[] places = new Place[ids.size()];
    for (int i = 0; i < parents.length; i++) {
      String parentId = parentIds.get(i);
      Integer parent = parentId == null ? null : positions.get(parentId);
      parents[i] = parent == null ? -1 : parent;
      places[i] = parentId == null ? Place.ROOT : parent == null ? Place.ORPHAN : Place.CHILD;
    }
    cutCircles(parents, places);
    return new Lineage(parents, places);
  }

  /// Position of the parent, -1 at the top.
  public int parent(int position) {
    return parents[position];
  }

  public Place place(int position) {
    return places[position];
  }

  public int size() {
    return parents.length;
  }

  /// Positions so that every parent comes before its children.
  public int[] parentsFirst() {
    int[] order = new int[size()];
    boolean[] placed = new boolean[size()];
    int[] path = new int[size()];
    int next = 0;
    for (int i = 0; i < size(); i++) {
      int depth = 0;
      for (int at = i; at >= 0 && !placed[at]; at = parents[at]) {
        path[depth++] = at;
        placed[at] = true;
      }
      while (depth > 0) {
        order[next++] = path[--depth];
      }
    }
    return order;
  }

  /// Walks up from each span in order; meeting the own walk again means a circle.
  private static void cutCircles(int[] parents, Place[] places) {
    int[] walk = new int[parents.length];
    Arrays.fill(walk, -1);
    for (int start = 0; start < parents.length; start++) {
      int at = start;
      while (at >= 0 && walk[at] == -1) {
        walk[at] = start;
        at = parents[at];
      }
      if (at >= 0 && walk[at] == start) {
        int first = firstInCircle(parents, at);
        parents[first] = -1;
        places[first] = Place.CUT;
      }
    }
  }

  private static int firstInCircle(int[] parents, int member) {
    int first = member;
    for (int at = parents[member]; at != member; at = parents[at]) {
      first = Math.min(first, at);
    }
    return first;
  }
}
