// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.alert.Firing;
import dev.steward.control.incident.Concern;
import dev.steward.control.state.State;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All that fires by one rule and makes one alert.
///
/// @param findings the worst first
record Fired(List<Finding> findings) {
  private static final int NAMED_MAX = 5;

  Fired {
    findings = List.copyOf(findings);
  }

  /// Of these, in any order.
  static Fired of(List<Finding> findings) {
    return new Fired(
        findings.stream()
            .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::id))
            .toList());
  }

  Severity severity() {
    return findings.getFirst().severity();
  }

  /// Whether any of it is about the server or an agent that somebody has registered.
  boolean registered(State state) {
    return findings.stream()
        .map(Finding::subject)
        .anyMatch(subject -> subject.server() || state.agent(subject.agent()).isPresent());
  }

  Firing firing() {
    List<String> why =
        findings.stream()
            .limit(NAMED_MAX)
            .map(finding ->
                findings.size() == 1 ? finding.why() : finding.title() + ": " + finding.why())
            .toList();
    return new Firing(
        AlertRules.level(findings.getFirst()),
        agents(),
        findings.stream().map(Finding::id).sorted().toList(),
        title(),
        String.join("\n", why));
  }

  private String title() {
    String worst = findings.getFirst().title();
    return findings.size() == 1 ? worst : worst + ", and " + (findings.size() - 1) + " more";
  }

  /// None where any of it is about the server, which is for those who see all of it.
  private List<Concern> agents() {
    TreeSet<Concern> agents =
        new TreeSet<>(Comparator.comparing(Concern::agent).thenComparing(Concern::environment));
    for (Finding finding : findings) {
      Subject subject = finding.subject();
      if (subject.server()) {
        return List.of();
      }
      if (subject.environments().isEmpty()) {
        agents.add(new Concern(subject.agent(), ""));
      }
      subject.environments().forEach(each -> agents.add(new Concern(subject.agent(), each)));
    }
    return List.copyOf(agents);
  }

  /// When the first of it began, as far as that is known.
  Optional<Instant> began() {
    @Nullable Instant first = null;
    for (Finding finding : findings) {
      Instant since = finding.since();
      if (since != null && (first == null || since.isBefore(first))) {
        first = since;
      }
    }
    return Optional.ofNullable(first);
  }
}
