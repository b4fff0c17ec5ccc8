// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Names that nobody declared, one for each way in which a name can fit some patterns and not the
/// others. Patterns that overlap are met by a name that fits both.
final class Witnesses {
  private static final long MOVES_MAX = 5_000_000;
  private static final String LETTERS = "xyzabcdefghijklmnopqrstuvw0123456789";
  private static final char FURTHER = 'à';

  private final String prefix;
  private final List<String> patterns = new ArrayList<>();
  private final List<BitSet> start = new ArrayList<>();
  private final Map<List<BitSet>, String> reached = new HashMap<>();
  private final Deque<List<BitSet>> open = new ArrayDeque<>();
  private long moves;

  private Witnesses(String prefix, Collection<String> all) {
    this.prefix = prefix;
    for (String pattern : new TreeSet<>(all)) {
      if (begins(pattern)) {
        BitSet places = moved(pattern, begun(pattern), prefix);
        // One that no such name fits, or each, tells none apart.
        if (!places.isEmpty() && !saturated(pattern, places)) {
          patterns.add(pattern);
          start.add(places);
        }
      }
    }
  }

  /// @param prefix that all the names have
  /// @param patterns in which `*` stands for any text
  /// @param known names with that prefix, which need no other to stand for them
  /// @throws ApiException TOO_LARGE where there are too many ways: nothing can be told then
  static List<String> of(String prefix, Collection<String> patterns, Collection<String> known) {
    return new Witnesses(prefix, patterns).found(known);
  }

  private List<String> found(Collection<String> known) {
    Set<BitSet> fitted = new HashSet<>();
    for (String name : known) {
      fitted.add(fitting(walked(name.substring(prefix.length()))));
    }
    List<String> names = new ArrayList<>();
    reached.put(start, "");
    open.add(start);
    while (!open.isEmpty()) {
      List<BitSet> from = open.remove();
      String name = String.valueOf(reached.get(from));
      for (char letter : letters(from)) {
        List<BitSet> to = walked(from, letter);
        if (reached.putIfAbsent(to, name + letter) == null) {
          open.add(to);
          if (fitted.add(fitting(to))) {
            names.add(prefix + name + letter);
          }
        }
      }
    }
    if (fitted.add(fitting(start))) {
      names.add(prefix);
    }
    return names;
  }

  /// Each letter that leads on in some pattern, and one that stands for all others.
  private List<Character> letters(List<BitSet> from) {
    Set<Character> needed = new TreeSet<>();
    for (int i = 0; i < patterns.size(); i++) {
      String pattern = patterns.get(i);
      for (int at = from.get(i).nextSetBit(0); at >= 0; at = from.get(i).nextSetBit(at + 1)) {
        if (at < pattern.length() && pattern.charAt(at) != '*') {
          needed.add(pattern.charAt(at));
        }
      }
    }
    List<Character> letters = new ArrayList<>(needed);
    letters.addFirst(other(needed));
    return letters;
  }

  private static char other(Set<Character> needed) {
    for (int i = 0; i < LETTERS.length(); i++) {
      char letter = LETTERS.charAt(i);
      if (!needed.contains(letter)) {
        return letter;
      }
    }
    char letter = FURTHER;
    while (needed.contains(letter)) {
      letter++;
    }
    return letter;
  }

  private List<BitSet> walked(String text) {
    List<BitSet> at = start;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      at = walked(at, letter);
    }
    return at;
  }

  private List<BitSet> walked(List<BitSet> from, char letter) {
    moves += patterns.size();
    if (moves > MOVES_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "whether these policies differ cannot be told: the patterns of names that begin with "
              + prefix
              + " overlap in too many ways; write fewer that begin with *");
    }
    List<BitSet> to = new ArrayList<>(patterns.size());
    for (int i = 0; i < patterns.size(); i++) {
      to.add(moved(patterns.get(i), from.get(i), letter));
    }
    return to;
  }

  /// Which patterns a name fits that ends here.
  private BitSet fitting(List<BitSet> at) {
    BitSet fitting = new BitSet();
    for (int i = 0; i < patterns.size(); i++) {
      fitting.set(i, at.get(i).get(patterns.get(i).length()));
    }
    return fitting;
  }

  private boolean begins(String pattern) {
    int star = pattern.indexOf('*');
    String text = star < 0 ? pattern : pattern.substring(0, star);
    return text.startsWith(prefix) || (star >= 0 && prefix.startsWith(text));
  }

  private static BitSet begun(String pattern) {
    BitSet places = new BitSet();
    places.set(0);
    return closed(pattern, places);
  }

  private static BitSet moved(String pattern, BitSet from, String text) {
    BitSet at = from;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      at = moved(pattern, at, letter);
    }
    return at;
  }

  private static BitSet moved(String pattern, BitSet from, char letter) {
    BitSet to = new BitSet();
    for (int at = from.nextSetBit(0); at >= 0 && at < pattern.length(); ) {
      if (pattern.charAt(at) == '*') {
        to.set(at);
      } else if (pattern.charAt(at) == letter) {
        to.set(at + 1);
      }
      at = from.nextSetBit(at + 1);
    }
    return closed(pattern, to);
  }

  /// A star may stand for nothing, and whatever an earlier place leads to its own text leads to.
  private static BitSet closed(String pattern, BitSet places) {
    int star = -1;
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        places.set(at + 1);
        star = at;
      }
    }
    if (star > 0) {
      places.clear(0, star);
    }
    return places;
  }

  private static boolean saturated(String pattern, BitSet places) {
    int last = pattern.length() - 1;
    return last >= 0 && pattern.charAt(last) == '*' && places.get(last);
  }
}
