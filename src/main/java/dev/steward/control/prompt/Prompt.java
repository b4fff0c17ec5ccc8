// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.prompt;

import java.util.ArrayList;
import java.util.List;

/// One prompt as a version declares it.
///
/// @param text with its variables in it, as `{name}`, `{{name}}` or `${name}`
/// @param variables names of what the process puts in
public record Prompt(String text, List<String> variables) {
  public Prompt {
    variables = List.copyOf(variables);
  }

  /// Whether a text is this prompt with something in place of its variables. Blanks at the ends of
  /// lines and around the whole do not count.
  public boolean fits(String sent) {
    List<String> pieces = pieces(plain(text));
    String rest = plain(sent);
    if (pieces.size() == 1) {
      return rest.equals(pieces.getFirst());
    }
    String first = pieces.getFirst();
    String last = pieces.getLast();
    if (rest.length() < first.length() + last.length()
        || !rest.startsWith(first)
        || !rest.endsWith(last)) {
      return false;
    }
    int end = rest.length() - last.length();
    int from = first.length();
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      int found = rest.indexOf(piece, from);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      from = found + piece.length();
    }
    return true;
  }

  /// What stands before, between and after the variables.
  private List<String> pieces(String whole) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    Place next = next(whole, from);
    while (next.start() >= 0) {
      pieces.add(whole.substring(from, next.start()));
      from = next.end();
      next = next(whole, from);
    }
    pieces.add(whole.substring(from));
    return pieces;
  }

  private record Place(int start, int end) {}

  private Place next(String whole, int from) {
    Place first = new Place(-1, -1);
    for (String name : variables) {
      for (String form : List.of("{{" + name + "}}", "${" + name + "}", "{" + name + "}")) {
        int at = whole.indexOf(form, from);
        if (at >= 0 && (first.start() < 0 || at < first.start())) {
          first = new Place(at, at + form.length());
        }
      }
    }
    return first;
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.strip().lines().forEach(line -> plain.append(line.stripTrailing()).append('\n'));
    return plain.toString().stripTrailing();
  }
}
