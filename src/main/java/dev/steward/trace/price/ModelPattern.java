// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One entry of a price's `match`: names that a model is known by, whatever their case. Its regular
/// expressions are RE2's: the time they take is bounded by the length of the name, whatever they
/// say.
final class ModelPattern {
  private static final String AND = " && ";

  private final List<Part> parts;
  private final int weight;

  private ModelPattern(List<Part> parts) {
    this.parts = parts;
    this.weight = parts.stream().mapToInt(Part::weight).sum();
  }

  /// @throws IllegalArgumentException when a regular expression in it is broken, or of a kind whose
  ///   time cannot be bounded
  static ModelPattern of(String text) {
    return new ModelPattern(
        Arrays.stream(text.split(AND)).map(String::strip).map(ModelPattern::part).toList());
  }

  /// Whether the entry is a plain name, which an index can look up.
  static boolean plain(String text) {
    return !text.contains("*") && !text.contains(AND) && !regular(text);
  }

  /// @param name in lower case
  boolean matches(String name) {
    return parts.stream().allMatch(part -> part.matches(name));
  }

  /// How much of a name the pattern fixes; of two that match, the heavier one is meant.
  int weight() {
    return weight;
  }

  private static boolean regular(String text) {
    return text.length() > 2 && text.startsWith("/") && text.endsWith("/");
  }

  private static Part part(String text) {
    if (!regular(text)) {
      return Glob.of(text.toLowerCase(Locale.ROOT));
    }
    String expression = text.substring(1, text.length() - 1);
    try {
      return new Regular(Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression whose time is bounded: " + text + ": " + e.getMessage(), e);
    }
  }

  private sealed interface Part {
    boolean matches(String name);

    int weight();
  }

  private record Regular(Pattern pattern) implements Part {
    @Override
    public boolean matches(String name) {
      return pattern.matcher(name).find();
    }

    @Override
    public int weight() {
      return (int) pattern.pattern().chars().filter(Character::isLetterOrDigit).count();
    }
  }

  /// The literal pieces between the stars of a glob, the first and last of which are anchored.
  private record Glob(List<String> pieces) implements Part {
    static Glob of(String text) {
      List<String> pieces = new ArrayList<>();
      int start = 0;
      for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', start)) {
        pieces.add(text.substring(start, star));
        start = star + 1;
      }
      pieces.add(text.substring(start));
      return new Glob(List.copyOf(pieces));
    }

    @Override
    public boolean matches(String name) {
      if (pieces.size() == 1) {
        return name.equals(pieces.getFirst());
      }
      String last = pieces.getLast();
      int end = name.length() - last.length();
      int from = pieces.getFirst().length();
      if (end < from || !name.startsWith(pieces.getFirst()) || !name.endsWith(last)) {
        return false;
      }
      for (String piece : pieces.subList(1, pieces.size() - 1)) {
        int at = name.indexOf(piece, from);
        if (at < 0 || at + piece.length() > end) {
          return false;
        }
        from = at + piece.length();
      }
      return true;
    }

    @Override
    public int weight() {
      return pieces.stream().mapToInt(String::length).sum();
    }
  }
}
