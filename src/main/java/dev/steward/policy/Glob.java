// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import java.util.List;

/// A name in which `*` stands for any text, also none.
record Glob(String text, List<String> parts) {
  static Glob of(String text) {
    return new Glob(text, List.of(text.split("\\*", -1)));
  }

  boolean exact() {
    return parts.size() == 1;
  }

  boolean matches(String name) {
    if (exact()) {
      return text.equals(name);
    }
    String first = parts.getFirst();
    String last = parts.getLast();
    if (name.length() < first.length() + last.length()
        || !name.startsWith(first)
        || !name.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = name.length() - last.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = name.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }

  static boolean anyMatches(List<Glob> globs, String name) {
    for (Glob glob : globs) {
      if (glob.matches(name)) {
        return true;
      }
    }
    return false;
  }
}
