// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON laid out for reading without being understood: every number and string stays as its sender
/// wrote it. What fits on a line stays on one.
public final class JsonText {
  private static final int LINE_MAX = 76;
  private static final int DEPTH_MAX = 200;

  private final String text;
  private final boolean loose;
  private int at;

  private JsonText(String text, boolean loose) {
    this.text = text;
    this.loose = loose;
  }

  /// A value: text that is kept, or members between brackets.
  record Value(String kept, char open, char close, List<Member> members) {
    int flatLength() {
      int length = kept.length() + 2;
      for (Member member : members) {
        length += member.key.length() + member.value.flatLength() + 2;
        if (length > LINE_MAX) {
          return length;
        }
      }
      return length;
    }
  }

  /// @param key with its quotes, "" in a list
  record Member(String key, Value value) {}

  /// Ends the reading of text that is no JSON.
  private static final class NotJson extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1;

    NotJson() {
      super("not JSON", null, false, false);
    }
  }

  /// The text laid out; as it is where it is no JSON.
  public static String laidOut(String json) {
    Value value = read(json);
    if (value == null) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() * 5 / 4);
    write(value, 0, 0, out);
    return out.toString();
  }

  public static boolean isJson(String text) {
    return read(text) != null;
  }

  static @Nullable Value read(String json) {
    return read(json, false);
  }

  /// @param loose whether single quotes and the words of Python will do: many tools record what
  ///   their language prints
  static @Nullable Value read(String json, boolean loose) {
    JsonText reader = new JsonText(json, loose);
    try {
      Value value = reader.value(0);
      reader.space();
      return reader.at == json.length() ? value : null;
    } catch (NotJson e) {
      // what a sender recorded need not be JSON
      return null;
    }
  }

  private Value value(int depth) {
    space();
    char first = peek();
    if (depth > DEPTH_MAX) {
      throw new NotJson();
    }
    return switch (first) {
      case '{' -> group('{', '}', depth);
      case '[' -> group('[', ']', depth);
      case '"', '\'' -> new Value(string(), ' ', ' ', List.of());
      default -> new Value(word(), ' ', ' ', List.of());
    };
  }

  private Value group(char open, char close, int depth) {
    List<Member> members = new ArrayList<>();
    at++;
    space();
    while (peek() != close) {
      if (!members.isEmpty()) {
        expect(',');
        space();
      }
      String key = "";
      if (open == '{') {
        key = string();
        space();
        expect(':');
      }
      members.add(new Member(key, value(depth + 1)));
      space();
    }
    at++;
    return new Value("", open, close, members);
  }

  private String string() {
    int start = at;
    char quote = loose && peek() == '\'' ? '\'' : '"';
    expect(quote);
    while (peek() != quote) {
      at += peek() == '\\' ? 2 : 1;
    }
    at++;
    return text.substring(start, at);
  }

  private String word() {
    int start = at;
    while (at < text.length() && ",]}\" \t\r\n:[{".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    boolean known = word.matches("true|false|null|-?\\d[\\d.eE+-]*");
    if (!known && !(loose && word.matches("True|False|None"))) {
      throw new NotJson();
    }
    return word;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new NotJson();
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new NotJson();
    }
    at++;
  }

  /// A value laid out from its first line on.
  static String laidOut(Value value) {
    StringBuilder out = new StringBuilder();
    write(value, 0, 0, out);
    return out.toString();
  }

  private static void write(Value value, int indent, int used, StringBuilder out) {
    if (value.open == ' ') {
      out.append(value.kept);
      return;
    }
    boolean flat = indent * 2 + used + value.flatLength() <= LINE_MAX;
    out.append(value.open);
    String between = "";
    for (Member member : value.members) {
      out.append(between);
      if (!flat) {
        out.append('\n').repeat("  ", indent + 1);
      }
      if (!member.key.isEmpty()) {
        out.append(member.key).append(": ");
      }
      write(member.value, flat ? 0 : indent + 1, member.key.length() + 2, out);
      between = flat ? ", " : ",";
    }
    if (!flat && !value.members.isEmpty()) {
      out.append('\n').repeat("  ", indent);
    }
    out.append(value.close);
  }
}
