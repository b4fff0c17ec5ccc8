// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.model;

import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds agents that got answers of another model than before on the last day, though they asked
/// for the same.
public final class ChangedModels implements FindingSource {
  private static final int TOLD_MAX = 3;

  private final AnsweringModels models;

  public ChangedModels(AnsweringModels models) {
    this.models = models;
  }

  @Override
  public List<Finding> look(Lately lately) {
    Map<String, List<ModelChange>> byAgent = new TreeMap<>();
    for (ModelChange change : models.changes()) {
      if (!change.at().isBefore(lately.dayBegan())) {
        byAgent.computeIfAbsent(change.asked().agent(), _ -> new ArrayList<>()).add(change);
      }
    }
    List<Finding> found = new ArrayList<>();
    byAgent.forEach((agent, changes) -> found.add(finding(agent, changes)));
    return found;
  }

  private static Finding finding(String agent, List<ModelChange> changes) {
    ModelChange last = changes.getLast();
    Set<String> environments = new TreeSet<>();
    List<String> told = new ArrayList<>();
    for (ModelChange change : changes.reversed()) {
      if (!change.environment().isEmpty()) {
        environments.add(change.environment());
      }
      if (told.size() < TOLD_MAX) {
        told.add(change.words());
      }
    }
    return new Finding(
        "model-changed/" + agent,
        Severity.WARNING,
        new Subject(agent, environments),
        "another model answers " + agent,
        "%s in the last day: %s. Nobody released it."
            .formatted(
                Words.count(changes.size(), "silent change", "silent changes"),
                String.join("; ", told)),
        changes.getFirst().at(),
        List.of(
            Way.to("the run that got the first such answer", "runs/" + last.run()),
            Way.to("its timeline", "agents/" + agent + "/timeline")),
        List.of(
            Way.to("compare its success before and after", "agents/" + agent),
            Way.to("pin a dated model in its version", "agents/" + agent)));
  }
}
