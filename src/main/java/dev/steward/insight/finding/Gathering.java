// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Findings for people to read: where many are of one kind and none of them is critical, one says
/// how many there are, of whom, and where they all are.
///
/// @param findings in the order of what they gather
/// @param places the id of the finding that tells of each, by the id of what was found
public record Gathering(List<Finding> findings, Map<String, String> places) {
  /// From so many on they are gathered.
  public static final int MANY = 4;

  private static final int NAMED_MAX = 3;

  public Gathering {
    findings = List.copyOf(findings);
    places = Map.copyOf(places);
  }

  /// What a kind is called when there are many of it.
  private record Plural(String title, String rule, Way evidence, Way remedy) {}

  private static final Map<String, Plural> PLURALS =
      Map.of(
          "stranger",
          new Plural(
              "%d senders send spans, and nobody has registered them",
              "Nobody owns them, and no version of them is declared.",
              Way.to("all of them", "fleet", "risk", "unknown", "range", "24h"),
              Way.to("register them in the fleet", "fleet", "risk", "unknown", "range", "24h")),
          "abandoned",
          new Plural(
              "%d agents abandoned runs in the last 24 hours",
              "Those runs stopped sending before they ended: a crash, a kill, or a network that"
                  + " went away.",
              Way.to("all abandoned runs", "runs", "status", "abandoned", "range", "24h"),
              Way.to("see which agents do better", "fleet", "range", "24h")),
          "looping",
          new Plural(
              "%d agents may go in circles",
              "Each has a run at work that has made very many steps.",
              Way.to(
                  "the longest runs at work",
                  "runs",
                  "status",
                  "working",
                  "sort",
                  "steps",
                  "range",
                  "24h"),
              Way.to("take keys away, so that they must stop", "settings")),
          "failing",
          new Plural(
              "%d agents fail more than in the week before",
              "Each by more than chance explains.",
              Way.to("all runs with errors", "runs", "errors", "yes", "range", "24h"),
              Way.to("compare them in the fleet", "fleet", "range", "24h")),
          "silent",
          new Plural(
              "%d agents have gone silent",
              "Each has been quiet for clearly longer than its own rhythm.",
              Way.to("who was seen last when", "fleet", "range", "7d"),
              Way.to("see whether spans arrive at all", "ingest")),
          "cost",
          new Plural(
              "%d agents cost far more than in the week before",
              "Each at least twice its daily mean.",
              Way.to("what is spent on whom", "cost", "range", "24h"),
              Way.to("open the most expensive runs", "runs", "sort", "cost", "range", "24h")),
          "unknown-cost",
          new Plural(
              "%d agents have calls of unknown cost",
              "What they cost is shown as unknown, never as 0.",
              Way.to("all runs of unknown cost", "runs", "costKnown", "false", "range", "24h"),
              Way.to("see which models they use", "cost", "by", "model")));

  /// @param found the worst first
  public static Gathering of(List<Finding> found) {
    Map<String, List<Finding>> alike = new LinkedHashMap<>();
    for (Finding finding : found) {
      alike.computeIfAbsent(key(finding), _ -> new ArrayList<>()).add(finding);
    }
    List<Finding> shown = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (Finding finding : found) {
      List<Finding> group = alike.getOrDefault(key(finding), List.of());
      Plural plural = PLURALS.get(kind(finding));
      if (plural == null || !gathers(finding) || group.size() < MANY) {
        places.put(finding.id(), finding.id());
        shown.add(finding);
      } else {
        places.put(finding.id(), "many/" + key(finding));
        if (told.add(key(finding))) {
          shown.add(gathered(plural, group));
        }
      }
    }
    return new Gathering(shown, places);
  }

  /// What needs somebody now is told one by one.
  private static boolean gathers(Finding finding) {
    return switch (finding.severity()) {
      case CRITICAL -> false;
      case WARNING, NOTE -> true;
    };
  }

  private static Finding gathered(Plural plural, List<Finding> group) {
    Finding first = group.getFirst();
    return new Finding(
        "many/" + key(first),
        first.severity(),
        first.subject(),
        plural.title().formatted(group.size()),
        names(group) + ". " + plural.rule(),
        since(group),
        List.of(plural.evidence()),
        List.of(plural.remedy()));
  }

  private static String names(List<Finding> group) {
    List<String> names = group.stream().map(finding -> finding.subject().agent()).toList();
    return "%s and %d more"
        .formatted(String.join(", ", names.subList(0, NAMED_MAX)), names.size() - NAMED_MAX);
  }

  private static @Nullable Instant since(List<Finding> group) {
    Instant first = null;
    for (Finding finding : group) {
      Instant since = finding.since();
      if (since != null && (first == null || since.isBefore(first))) {
        first = since;
      }
    }
    return first;
  }

  private static String key(Finding finding) {
    return kind(finding) + "/" + finding.severity().word();
  }

  private static String kind(Finding finding) {
    int slash = finding.id().indexOf('/');
    return slash < 0 ? finding.id() : finding.id().substring(0, slash);
  }
}
