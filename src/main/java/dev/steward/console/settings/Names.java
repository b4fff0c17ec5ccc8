// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.filter.Choice;
import dev.steward.console.frame.Visit;
import dev.steward.domain.resource.Person.Grant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// People, roles and scopes in words, and fields of a form in parts.
public final class Names {
  private Names() {}

  /// `operator of the team support in production, may not read content`
  static String grant(Grant grant) {
    List<String> parts = new ArrayList<>();
    parts.add(grant.role().name().toLowerCase(Locale.ROOT));
    scope(parts, "of the team", grant.teams());
    scope(parts, "of", grant.agents());
    scope(parts, "in", grant.environments());
    return String.join(" ", parts) + (grant.content() ? "" : ", may not read what was said");
  }

  static String grants(List<Grant> grants) {
    return grants.isEmpty()
        ? "no role"
        : grants.stream().map(Names::grant).collect(Collectors.joining("; "));
  }

  private static void scope(List<String> parts, String word, Set<String> scope) {
    if (!scope.isEmpty()) {
      parts.add(word + " " + String.join(", ", new TreeSet<>(scope)));
    }
  }

  /// Names separated by commas.
  static Set<String> list(Visit visit, String name) {
    return Arrays.stream(visit.field(name).split(",", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .collect(Collectors.toSet());
  }

  static List<Choice> choices(Collection<String> values) {
    return values.stream().map(v -> new Choice(v, v, false)).toList();
  }
}
