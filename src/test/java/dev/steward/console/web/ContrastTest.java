// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// WCAG 2.2 contrast of the tokens, computed, light and dark.
class ContrastTest {
  private static final Map<String, String[]> TOKENS = tokens();

  @ParameterizedTest
  @CsvSource({
    "text,bg",
    "text,bg-sunk",
    "text,bg-press",
    "text,accent-bg",
    "text-2,bg",
    "text-2,bg-sunk",
    "text-2,bg-press",
    "text-2,accent-bg",
    "text-3,bg",
    "text-3,bg-sunk",
    "text-3,bg-hover",
    "text-3,bg-press",
    "text-3,accent-bg",
    "accent,bg",
    "accent,bg-sunk",
    "accent,bg-hover",
    "accent,accent-bg",
    "ok,bg",
    "ok,ok-bg",
    "ok,bg-hover",
    "warning,bg",
    "warning,warning-bg",
    "critical,bg",
    "critical,critical-bg",
    "critical,bg-hover",
    "critical,accent-bg",
    "waiting,bg",
    "waiting,waiting-bg",
    "unknown,bg",
    "unknown,unknown-bg",
    "text,warning-bg",
    "text,critical-bg",
    "text,unknown-bg",
    "text,ok-bg",
    "text,waiting-bg",
    "accent,warning-bg",
    "on-solid,accent-solid",
    "on-solid,accent-press",
    "on-solid,critical-solid",
    "on-solid,critical-press"
  })
  void wordsStandOutFourAndAHalfTimes(String ink, String ground) {
    for (int theme = 0; theme < 2; theme++) {
      assertThat(contrast(token(ink)[theme], token(ground)[theme]))
          .as("%s on %s, theme %d", ink, ground, theme)
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "edge,bg",
    "accent,bg",
    "ok,bg",
    "warning,bg",
    "critical,bg",
    "waiting,bg",
    "unknown,bg",
    "kind-model,bg",
    "kind-tool,bg",
    "kind-retriever,bg",
    "kind-check,bg",
    "part-1,bg",
    "part-2,bg",
    "part-3,bg",
    "part-4,bg",
    "part-5,bg",
    "part-6,bg",
    "part-7,bg"
  })
  void shapesStandOutThreeTimes(String ink, String ground) {
    for (int theme = 0; theme < 2; theme++) {
      assertThat(contrast(token(ink)[theme], token(ground)[theme]))
          .as("%s on %s, theme %d", ink, ground, theme)
          .isGreaterThanOrEqualTo(3);
    }
  }

  private static String[] token(String name) {
    return Optional.ofNullable(TOKENS.get(name)).orElseThrow();
  }

  private static Map<String, String[]> tokens() {
    String css =
        new String(
            new StaticFiles().find("/static/tokens.css").orElseThrow().bytes(),
            StandardCharsets.UTF_8);
    Map<String, String[]> tokens = new HashMap<>();
    Matcher pair =
        Pattern.compile("--([a-z0-9-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)")
            .matcher(css);
    while (pair.find()) {
      tokens.put(pair.group(1), new String[] {pair.group(2), pair.group(3)});
    }
    tokens.put("on-solid", new String[] {"ffffff", "ffffff"});
    return tokens;
  }

  private static double contrast(String a, String b) {
    double one = luminance(a);
    double other = luminance(b);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  private static double luminance(String hex) {
    double[] weight = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weight[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
