// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import dev.cel.common.CelIssue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the compiler finds wrong, said so that its remedy is plain.
final class Mistakes {
  private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'");
  private static final Pattern NAME = Pattern.compile("undeclared reference to '([^']*)'");
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "no matching overload for '_([=!]=)_' applied to '\\((double, int|int, double)\\)'");

  private Mistakes() {}

  static Mistake explain(CelIssue issue, String text, Vocabulary vocabulary) {
    int line = issue.getSourceLocation().getLine();
    int column = issue.getSourceLocation().getColumn() + 1;
    Matcher field = FIELD.matcher(issue.getMessage());
    if (field.find()) {
      String name = field.group(1);
      return new Mistake(line, column, "no field '" + name + "'", name, vocabulary.fields());
    }
    Matcher name = NAME.matcher(issue.getMessage());
    if (name.find()) {
      String message =
          "nothing is named '"
              + name.group(1)
              + "'; a condition sees "
              + String.join(", ", Vocabulary.VARIABLES);
      return new Mistake(line, column, message, name.group(1), Vocabulary.VARIABLES);
    }
    return new Mistake(line, column, message(issue.getMessage(), text), "", List.of());
  }

  private static String message(String message, String text) {
    if (text.isBlank()) {
      return "is empty; leave it out where the rule always holds";
    }
    if (OVERLOAD.matcher(message).find()) {
      return "a number with a fraction is compared with a whole one; write 50.0 instead of 50";
    }
    return message;
  }
}
