// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

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

/// Finds agents that were given documents on the last day which had changed without a word.
public final class ChangedDocuments implements FindingSource {
  private static final int TOLD_MAX = 3;

  private final KnownDocuments documents;

  public ChangedDocuments(KnownDocuments documents) {
    this.documents = documents;
  }

  @Override
  public List<Finding> look(Lately lately) {
    Map<String, List<DocumentChange>> byAgent = new TreeMap<>();
    for (DocumentChange change : documents.changes()) {
      if (!change.at().isBefore(lately.dayBegan()) && !change.agent().isEmpty()) {
        byAgent.computeIfAbsent(change.agent(), _ -> new ArrayList<>()).add(change);
      }
    }
    List<Finding> found = new ArrayList<>();
    byAgent.forEach((agent, changes) -> found.add(finding(agent, changes)));
    return found;
  }

  private static Finding finding(String agent, List<DocumentChange> changes) {
    Set<String> environments = new TreeSet<>();
    List<String> told = new ArrayList<>();
    for (DocumentChange change : changes.reversed()) {
      if (!change.environment().isEmpty()) {
        environments.add(change.environment());
      }
      if (told.size() < TOLD_MAX) {
        told.add(change.words());
      }
    }
    String source = changes.getLast().source();
    return new Finding(
        "undeclared-data/" + agent,
        Severity.WARNING,
        new Subject(agent, environments),
        agent + " works with documents that changed without a word",
        "%s in the last day: it %s. The knowledge that was released is not what it gets."
            .formatted(
                Words.count(changes.size(), "document", "documents"), String.join("; it ", told)),
        changes.getFirst().at(),
        List.of(Way.to("the last run that did", "runs/" + changes.getLast().run())),
        List.of(
            Way.to("its timeline", "agents/" + agent + "/timeline"),
            Way.run(
                "tell of such a change beforehand",
                "curl -X POST .../api/v1/data-sources/" + source + "/changes")));
  }
}
