// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

/// Text whose invisible commands can be seen. Characters that reorder what stands around them, or
/// steer a terminal, are replaced by a picture or by their number; letters of every script stay.
public final class Visible {
  private static final char PICTURES = '\u2400';
  private static final char DELETE = '\u007f';

  private Visible() {}

  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (commands(text.charAt(i))) {
        return replaced(text, i);
      }
    }
    return text;
  }

  private static String replaced(String text, int from) {
    StringBuilder shown = new StringBuilder(text.length() + 64).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!commands(c)) {
        shown.append(c);
      } else if (c < ' ') {
        shown.append((char) (PICTURES + c));
      } else {
        shown.append("⟨U+").append(String.format("%04X", (int) c)).append('⟩');
      }
    }
    return shown.toString();
  }

  /// C0 but for tab and line ends, DEL and C1, embeddings, overrides and isolates of the
  /// bidirectional algorithm, line and paragraph separators, and the byte order mark.
  private static boolean commands(char c) {
    if (c < ' ') {
      return c != '\t' && c != '\n' && c != '\r';
    }
    return (c >= DELETE && c <= '\u009f')
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\ufeff';
  }
}
