// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import dev.steward.gateway.turn.Turn.Role;
import java.util.List;

/// How far a conversation is known: as text, so that one that only grew is read from its end on,
/// and as a chain of turns, so that one that was written otherwise or cut is found again.
public final class Known {
  private static final int TAIL_MAX = 32;
  private static final int OVERLAP_MIN = 2;
  private static final int ENDING = 48;

  private long first;
  private int count;
  private long chain;
  private long[] tail = new long[0];
  private int length;
  private int hash;
  private String ending = "";

  public Known() {}

  /// One of which only the beginning is known.
  ///
  /// @param first fingerprint of it, 0 when not even that is known
  public Known(long first) {
    this.first = first;
  }

  /// Fingerprint of the first thing that was not said by the system.
  public long first() {
    return first;
  }

  /// Whether more than the beginning is known.
  public boolean isRead() {
    return count > 0 || length > 0;
  }

  /// The messages that were added, as JSON, when the text begins with what is known; else "".
  public String addedTo(String messages) {
    if (length == 0
        || messages.length() <= length
        || !messages.startsWith(ending, length - ending.length())
        || messages.substring(0, length).hashCode() != hash) {
      return "";
    }
    int next = length;
    while (next < messages.length() && Character.isWhitespace(messages.charAt(next))) {
      next++;
    }
    return switch (next < messages.length() ? messages.charAt(next) : ' ') {
      case ',' -> "[" + messages.substring(next + 1);
      case ']' -> "[]";
      default -> "";
    };
  }

  /// How many of the turns are known because they begin as this conversation does, 0 when they do
  /// not.
  public int prefix(Turns turns) {
    return count > 0 && count <= turns.size() && turns.chain(count) == chain ? count : 0;
  }

  /// Up to where the turns are known because they hold the end of this conversation, 0 when they do
  /// not: older messages were cut or summed up.
  public int overlap(Turns turns) {
    int best = OVERLAP_MIN - 1;
    int end = 0;
    for (int i = turns.size(); i > 0; i--) {
      int length = 0;
      while (length < tail.length
          && length < i
          && turns.fingerprint(i - 1 - length) == tail[tail.length - 1 - length]) {
        length++;
      }
      if (length > best) {
        best = length;
        end = i;
      }
    }
    return end;
  }

  /// The turns are the whole conversation as far as it is known now.
  public void learn(Turns turns) {
    count = turns.size();
    chain = turns.chain(count);
    int kept = Math.min(count, TAIL_MAX);
    tail = new long[kept];
    for (int i = 0; i < kept; i++) {
      tail[i] = turns.fingerprint(count - kept + i);
    }
    for (int i = 0; first == 0 && i < count; i++) {
      first = turns.turn(i).role() == Role.SYSTEM ? 0 : turns.fingerprint(i);
    }
  }

  /// These turns came after what was known.
  public void grow(List<Turn> added) {
    long[] grown = new long[Math.min(tail.length + added.size(), TAIL_MAX)];
    int from = tail.length + added.size() - grown.length;
    for (int i = 0; i < grown.length; i++) {
      int place = from + i;
      grown[i] = place < tail.length ? tail[place] : added.get(place - tail.length).fingerprint();
    }
    for (Turn turn : added) {
      chain = Fingerprint.mix(chain, turn.fingerprint());
    }
    count += added.size();
    tail = grown;
  }

  /// The text that holds exactly what is known, or "" when no text does.
  ///
  /// @param grown whether it was found to begin with the text known until now
  public void learn(String messages, boolean grown) {
    int end = messages.length();
    while (end > 0 && Character.isWhitespace(messages.charAt(end - 1))) {
      end--;
    }
    boolean array = end > 2 && messages.charAt(end - 1) == ']';
    int before = grown && array ? length : 0;
    length = array ? end - 1 : 0;
    // The hash of two texts in a row is that of the first, moved on, plus that of the second.
    hash =
        (before == 0 ? 0 : hash * power(length - before))
            + messages.substring(before, length).hashCode();
    ending = messages.substring(Math.max(0, length - ENDING), length);
  }

  /// 31 to this power, as [String#hashCode] reckons.
  private static int power(int exponent) {
    int power = 1;
    int base = 31;
    for (int left = exponent; left > 0; left >>= 1) {
      power = (left & 1) == 1 ? power * base : power;
      base *= base;
    }
    return power;
  }
}
