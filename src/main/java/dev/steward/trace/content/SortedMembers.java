// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings the text of a JSON object of plain values to canonical form without reading it into a
/// tree: only the order of its members is to be changed. It knows when it cannot.
final class SortedMembers {
  private static final int NUMBER_MAX = 18;

  private final String json;
  private int at;

  private SortedMembers(String json) {
    this.json = json;
  }

  /// A member by its name, with its text.
  private record Member(String name, int start, int end) {}

  /// The canonical text, null where the object must be read to know it.
  static @Nullable String of(String json) {
    List<Member> members = new SortedMembers(json).members();
    if (members == null) {
      return null;
    }
    members.sort(Comparator.comparing(Member::name));
    StringBuilder out = new StringBuilder(json.length()).append('{');
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (i > 0) {
        if (member.name().equals(members.get(i - 1).name())) {
          return null;
        }
        out.append(',');
      }
      out.append(json, member.start(), member.end());
    }
    return out.append('}').toString();
  }

  private @Nullable List<Member> members() {
    List<Member> members = new ArrayList<>();
    if (!take('{')) {
      return null;
    }
    if (take('}')) {
      return at == json.length() ? members : null;
    }
    do {
      int start = at;
      if (!text()) {
        return null;
      }
      String name = json.substring(start + 1, at - 1);
      if (!take(':') || !value()) {
        return null;
      }
      members.add(new Member(name, start, at));
    } while (take(','));
    return take('}') && at == json.length() ? members : null;
  }

  private boolean take(char wanted) {
    if (at < json.length() && json.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private boolean value() {
    return take('[') ? list() : scalar();
  }

  private boolean scalar() {
    char first = at < json.length() ? json.charAt(at) : ' ';
    return switch (first) {
      case '"' -> text();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean word(String word) {
    boolean there = json.startsWith(word, at);
    at += there ? word.length() : 0;
    return there;
  }

  /// The rest of a list of scalars.
  private boolean list() {
    if (take(']')) {
      return true;
    }
    do {
      if (!scalar()) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  /// A text in which nothing is escaped, and nothing must be.
  private boolean text() {
    if (!take('"')) {
      return false;
    }
    while (at < json.length()) {
      char c = json.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c == '\\' || c < ' ') {
        return false;
      }
    }
    return false;
  }

  /// A number that is written as it would be written again.
  private boolean number() {
    int start = at;
    boolean whole = true;
    while (at < json.length() && "+-.0123456789E".indexOf(json.charAt(at)) >= 0) {
      whole &= json.charAt(at) != '.' && json.charAt(at) != 'E';
      at++;
    }
    String number = json.substring(start, at);
    if (number.isEmpty() || number.length() > NUMBER_MAX) {
      return false;
    }
    try {
      return whole
          ? Long.toString(Long.parseLong(number)).equals(number)
          : Double.toString(Double.parseDouble(number)).equals(number);
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
