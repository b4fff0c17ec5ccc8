// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Filter;
import dev.steward.console.part.FilterBar;
import dev.steward.console.web.PageRequest;
import dev.steward.control.alert.Alert;
import dev.steward.control.incident.Concern;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.AlertRule.Level;
import dev.steward.insight.alert.Standing;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which alerts are shown, as the address of the page says it.
record AlertFilters(PageRequest request) {
  boolean takes(Alert alert, State state, Instant now) {
    return is("status", Standing.of(alert, state.alerts(), now).word())
        && is("severity", Fields.word(alert.level()))
        && is("rule", alert.rule())
        && asked("agent").map(alert::about).orElse(true);
  }

  boolean any() {
    return List.of("status", "severity", "agent", "rule").stream()
        .anyMatch(name -> asked(name).isPresent());
  }

  /// @param alerts that the reader may see
  FilterBar bar(List<Alert> alerts) {
    return FilterBar.of(
        "/alerts",
        List.of(
            filter("status", "Status", words(Arrays.asList(Standing.values()))),
            filter("severity", "Severity", words(Arrays.asList(Level.values()))),
            filter(
                "agent",
                "Agent",
                alerts.stream()
                    .flatMap(alert -> alert.agents().stream())
                    .map(Concern::agent)
                    .collect(Collectors.toSet())),
            filter("rule", "Rule", alerts.stream().map(Alert::rule).collect(Collectors.toSet()))),
        Map.of());
  }

  private Filter filter(String name, String label, Collection<String> values) {
    return new Filter(name, label, Choice.anyOr(values, asked(name).orElse(null)));
  }

  private static List<String> words(List<? extends Enum<?>> values) {
    return values.stream().map(Fields::word).toList();
  }

  private boolean is(String name, String value) {
    return asked(name).map(value::equals).orElse(true);
  }

  private Optional<String> asked(String name) {
    return Optional.ofNullable(request.parameter(name)).filter(value -> !value.isEmpty());
  }
}
