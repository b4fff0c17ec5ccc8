// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which calls are meant: those whose subject has every part and every label that it names. One
/// that names none means everything. A part of the subject that is not known matches nothing.
///
/// @param parts of the tool: `server/tool`, or a server for any of its tools
/// @param labels of the agent
public record Selector(Map<Part, String> parts, SortedMap<String, String> labels) {
  public static final Selector EVERYTHING = new Selector(Map.of(), new TreeMap<>());

  private static final String ALL = "everything";
  private static final String LABEL = "label.";
  private static final int CHARACTERS_MAX = 200;
  private static final int LABELS_MAX = 16;

  /// A comma parts only where a word and `=` follow, since ids may hold commas.
  private static final Pattern COMMA = Pattern.compile(",(?=\\s*[a-z]+(?:\\.[^=,]+)?=)");

  private static final Pattern PIECE = Pattern.compile("\\s*([^=]+?)\\s*=\\s*(.*?)\\s*");

  public Selector {
    EnumMap<Part, String> ordered = new EnumMap<>(Part.class);
    ordered.putAll(parts);
    parts = Collections.unmodifiableMap(ordered);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    parts.forEach((part, value) -> check(part.word(), value));
    labels.forEach((name, value) -> check(LABEL + name, value));
    if (labels.size() > LABELS_MAX) {
      throw invalid("it names " + labels.size() + " labels, at most " + LABELS_MAX + " can be");
    }
  }

  public static Selector of(Part part, String value) {
    return new Selector(Map.of(part, value), new TreeMap<>());
  }

  public static Selector agent(String name) {
    return of(Part.AGENT, name);
  }

  public static Selector run(String id) {
    return of(Part.RUN, id);
  }

  /// Reads `everything` or `agent=refunds,environment=production,label.team=support`.
  ///
  /// @throws ApiException INVALID with what is wrong and what can be written
  public static Selector parse(String text) {
    if (text.strip().equals(ALL)) {
      return EVERYTHING;
    }
    Map<String, String> words = new TreeMap<>();
    if (text.isBlank()) {
      return of(words);
    }
    for (String piece : COMMA.split(text, -1)) {
      Matcher matcher = PIECE.matcher(piece);
      if (!matcher.matches()) {
        throw invalid("'" + shortened(piece) + "' is not NAME=VALUE");
      }
      if (words.put(matcher.group(1), matcher.group(2)) != null) {
        throw invalid("it names " + shortened(matcher.group(1)) + " twice");
      }
    }
    return of(words);
  }

  /// Reads what `words` gives. Nothing at all is refused: to mean everything one must say so.
  ///
  /// @throws ApiException INVALID with what is wrong and what can be written
  public static Selector of(Map<String, String> words) {
    if (words.isEmpty()) {
      throw invalid("it names nothing");
    }
    if (words.containsKey(ALL)) {
      if (words.size() > 1 || !"true".equals(words.get(ALL))) {
        throw invalid("'everything' stands alone");
      }
      return EVERYTHING;
    }
    Map<Part, String> parts = new EnumMap<>(Part.class);
    SortedMap<String, String> labels = new TreeMap<>();
    words.forEach((word, value) -> {
      if (word.startsWith(LABEL) && word.length() > LABEL.length()) {
        labels.put(word.substring(LABEL.length()), value);
      } else {
        parts.put(
            Part.named(word)
                .orElseThrow(() -> invalid("'" + shortened(word) + "' is nothing it can name")),
            value);
      }
    });
    return new Selector(parts, labels);
  }

  /// By the words that `of` reads: parts by their word, labels as `label.NAME`, or `everything`.
  public SortedMap<String, String> words() {
    SortedMap<String, String> words = new TreeMap<>();
    parts.forEach((part, value) -> words.put(part.word(), value));
    labels.forEach((name, value) -> words.put(LABEL + name, value));
    if (words.isEmpty()) {
      words.put(ALL, "true");
    }
    return words;
  }

  public boolean everything() {
    return parts.isEmpty() && labels.isEmpty();
  }

  /// The value of a part, "" where it does not ask for it.
  public String value(Part part) {
    return parts.getOrDefault(part, "");
  }

  public Selector with(Part part, String value) {
    Map<Part, String> more = new EnumMap<>(Part.class);
    more.putAll(parts);
    more.put(part, value);
    return new Selector(more, labels);
  }

  public boolean matches(Subject subject) {
    for (Map.Entry<Part, String> part : parts.entrySet()) {
      if (part.getKey().of(subject).stream()
          .noneMatch(given -> matches(part.getKey(), part.getValue(), given))) {
        return false;
      }
    }
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!label.getValue().equals(subject.labels().get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /// In plain words, such as `agent refunds in production`.
  public String plainly() {
    if (everything()) {
      return ALL;
    }
    List<String> said = new ArrayList<>();
    parts.forEach((part, value) -> {
      if (part != Part.ENVIRONMENT) {
        said.add(part.word() + " " + said(part, value));
      }
    });
    labels.forEach((name, value) -> said.add("label " + name + "=" + value));
    String environment = value(Part.ENVIRONMENT);
    String what = said.isEmpty() ? "everything" : String.join(", ", said);
    return environment.isEmpty() ? what : what + " in " + environment;
  }

  /// As `parse` reads it.
  @Override
  public String toString() {
    if (everything()) {
      return ALL;
    }
    List<String> pieces = new ArrayList<>();
    parts.forEach((part, value) -> pieces.add(part.word() + "=" + value));
    labels.forEach((name, value) -> pieces.add(LABEL + name + "=" + value));
    return String.join(",", pieces);
  }

  private static boolean matches(Part part, String wanted, String given) {
    if (wanted.equals(given)) {
      return true;
    }
    return part == Part.TOOL
        && wanted.indexOf('/') < 0
        && given.length() > wanted.length()
        && given.startsWith(wanted)
        && given.charAt(wanted.length()) == '/';
  }

  private static void check(String word, String value) {
    if (value.isBlank()) {
      throw invalid("it names no value for " + word);
    }
    if (value.length() > CHARACTERS_MAX || word.length() > CHARACTERS_MAX) {
      throw invalid("the value of " + shortened(word) + " is too long");
    }
  }

  private static String said(Part part, String value) {
    return switch (part) {
      case VERSION -> start(value);
      case RUN -> value.length() <= 16 ? value : ends(value);
      default -> value;
    };
  }

  /// Both the ends of an id, which people compare.
  private static String ends(String id) {
    return id.substring(0, 8) + "…" + id.substring(id.length() - 4);
  }

  private static String start(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private static ApiException invalid(String why) {
    return new ApiException(
        ErrorCode.INVALID,
        "the selector cannot be read: "
            + why
            + "; write everything, or one or more of "
            + String.join(", ", Part.words())
            + ", label.NAME as agent=refunds,environment=production");
  }
}
