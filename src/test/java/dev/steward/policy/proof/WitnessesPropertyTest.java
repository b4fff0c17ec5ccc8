// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Witnesses against regular expressions tried on every short name.
class WitnessesPropertyTest {
  private static final String PREFIX = "s/resource:";
  private static final int LENGTH_MAX = 7;
  private static final List<String> NAMES = names();

  @Property(tries = 300)
  void everyWayToFitIsMetByExactlyOneName(
      @ForAll("patterns") List<String> patterns, @ForAll("known") List<String> known) {
    List<Pattern> tried = patterns.stream().map(WitnessesPropertyTest::regex).toList();
    Set<Set<Integer>> ways = new HashSet<>();
    NAMES.forEach(name -> ways.add(fitting(tried, name)));
    Set<Set<Integer>> met = new HashSet<>();
    known.forEach(name -> met.add(fitting(tried, name)));

    List<String> names = Witnesses.of(PREFIX, patterns, known);

    for (String name : names) {
      assertThat(name).startsWith(PREFIX);
      assertThat(met.add(fitting(tried, name))).as("stands for itself alone: %s", name).isTrue();
    }
    assertThat(met).containsAll(ways);
  }

  private static Set<Integer> fitting(List<Pattern> patterns, String name) {
    Set<Integer> fitting = new HashSet<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matcher(name).matches()) {
        fitting.add(i);
      }
    }
    return fitting;
  }

  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char letter = pattern.charAt(i);
      regex.append(letter == '*' ? ".*" : Pattern.quote(String.valueOf(letter)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /// All names of a few letters: `c` stands for those that no pattern has.
  private static List<String> names() {
    List<String> all = new ArrayList<>(List.of(PREFIX));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).length() < PREFIX.length() + LENGTH_MAX) {
        for (String letter : List.of("a", "b", "c")) {
          all.add(all.get(i) + letter);
        }
      }
    }
    return all;
  }

  @Provide
  Arbitrary<List<String>> patterns() {
    Arbitrary<String> beginnings =
        Arbitraries.of("s/resource:", "s/resource:", "s/*", "*", "*/resource:", "t/resource:");
    Arbitrary<String> ends = Arbitraries.strings().withChars('a', 'b', '*').ofMaxLength(4);
    return beginnings
        .flatMap(beginning -> ends.map(end -> beginning + end))
        .list()
        .ofMaxSize(4)
        .uniqueElements();
  }

  @Provide
  Arbitrary<List<String>> known() {
    return Arbitraries.of("any other", "a", "b", "ab", "a*", "")
        .map(name -> PREFIX + name)
        .list()
        .ofMaxSize(3)
        .uniqueElements();
  }
}
