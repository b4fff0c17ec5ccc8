// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.format.Ids;
import dev.steward.console.format.Moments;
import dev.steward.console.profile.AgentFacts;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.VersionEntry;
import dev.steward.domain.Digest;
import dev.steward.domain.Percent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.trace.run.UsedPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The versions of an agent, the one declared last first.
record Versions(List<VersionRow> rows) {
  private static final int NAMED = 12;

  static Versions of(AgentFacts facts, Moments moments) {
    Map<Digest, Long> declaredLast = new HashMap<>();
    for (Revision revision : facts.state().history("Agent", facts.name())) {
      Digest version = revision.version();
      if (version != null && !revision.deleted()) {
        declaredLast.put(version, revision.sequence());
      }
    }
    Map<String, Long> runs = new HashMap<>();
    facts.used(UsedPart.Kind.VERSION).forEach(part -> runs.put(part.name(), part.runs()));
    AgentVersion current = facts.version();
    List<VersionEntry> entries = new ArrayList<>(facts.state().versions(facts.name()));
    entries.sort(Comparator.comparing(entry -> last(entry, declaredLast)));
    List<VersionRow> rows = new ArrayList<>();
    String before = "";
    for (VersionEntry entry : entries) {
      String digest = entry.version().hex();
      String named = digest.substring(0, NAMED);
      rows.addFirst(
          new VersionRow(
              digest,
              Ids.version(digest),
              moments.of(entry.at()),
              ActorName.of(entry.by(), facts.state()),
              last(entry, declaredLast),
              String.join(", ", inForce(facts, entry.version())),
              runs.getOrDefault(named, 0L),
              facts.allRuns().with("version", named).toString(),
              before.isEmpty() ? "" : diff(facts.name(), before, digest),
              current != null && current.digest().equals(entry.version())));
      before = digest;
    }
    return new Versions(List.copyOf(rows));
  }

  private static long last(VersionEntry entry, Map<Digest, Long> declaredLast) {
    return declaredLast.getOrDefault(entry.version(), entry.sequence());
  }

  private static List<String> inForce(AgentFacts facts, Digest version) {
    Map<String, Digest> environments = new TreeMap<>(facts.state().environments(facts.name()));
    environments.values().removeIf(digest -> !digest.equals(version));
    return List.copyOf(environments.keySet());
  }

  /// The version to go back to: the one declared before the current one.
  Optional<VersionRow> previous() {
    for (int i = 0; i + 1 < rows.size(); i++) {
      if (rows.get(i).current()) {
        VersionRow back = rows.get(i + 1);
        return Optional.of(
            new VersionRow(
                back.digest(),
                back.shown(),
                back.declared(),
                back.by(),
                back.sequence(),
                back.inForce(),
                back.runs(),
                back.runsHref(),
                rows.get(i).diffHref(),
                false));
      }
    }
    return Optional.empty();
  }

  /// The address of what differs between two versions.
  static String diff(String agent, String before, String after) {
    return AgentSection.href(agent)
        + "/versions/"
        + Percent.encoded(before.substring(0, NAMED) + ".." + after.substring(0, NAMED));
  }
}
