// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import dev.steward.control.live.OfferedTools;
import dev.steward.control.live.OfferedTools.Offer;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.TreeDiff;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.Suspicion.Weight;
import dev.steward.control.tool.Suspicions;
import dev.steward.control.tool.ToolStanding;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.Digest;
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
import java.util.concurrent.ConcurrentHashMap;

/// Finds tool servers that offer something else than what was accepted. A changed tool that was in
/// use is worse than a new one: it may have been changed to be used.
public final class ChangedTools implements FindingSource {
  private static final int NAMED_MAX = 5;
  private static final int FIELDS_MAX = 3;
  private static final int WORDS_MAX = 160;

  private static final int LOOKED_AT_MAX = 10_000;

  private final OfferedTools offers;

  /// Whether a definition reads as if meant to steer the model, by its digest.
  private final Map<Digest, Boolean> grave = new ConcurrentHashMap<>();

  public ChangedTools(OfferedTools offers) {
    this.offers = offers;
  }

  @Override
  public List<Finding> look(Lately lately) {
    List<Finding> found = new ArrayList<>();
    for (Offer offer : offers.list()) {
      List<ToolStanding> changed = of(offer, Standing.CHANGED);
      List<ToolStanding> others = new ArrayList<>(of(offer, Standing.NEW));
      others.addAll(of(offer, Standing.UNREADABLE));
      if (!changed.isEmpty()) {
        found.add(changed(offer, changed));
      }
      if (!others.isEmpty()) {
        found.add(fresh(offer, others));
      }
    }
    return found;
  }

  private static List<ToolStanding> of(Offer offer, Standing standing) {
    return offer.tools().stream().filter(tool -> tool.standing() == standing).toList();
  }

  private Finding changed(Offer offer, List<ToolStanding> tools) {
    return new Finding(
        "changed-tools/" + offer.server(),
        Severity.CRITICAL,
        Subject.SERVER,
        "The tool server "
            + offer.server()
            + " has changed "
            + Words.count(tools.size(), "accepted tool", "accepted tools")
            + ": "
            + names(tools),
        differences(tools.getFirst())
            + poisoned(tools)
            + " Hidden from agents until somebody accepts it.",
        offer.seenAt().orElse(null),
        List.of(),
        remedies(offer));
  }

  private Finding fresh(Offer offer, List<ToolStanding> tools) {
    return new Finding(
        "new-tools/" + offer.server(),
        Severity.NOTE,
        Subject.SERVER,
        "The tool server "
            + offer.server()
            + " offers "
            + Words.count(tools.size(), "tool", "tools")
            + " that nobody accepted: "
            + names(tools),
        "Agents do not see them." + poisoned(tools),
        offer.seenAt().orElse(null),
        List.of(),
        remedies(offer));
  }

  private static List<Way> remedies(Offer offer) {
    return List.of(
        Way.run("read what differs", "steward tools " + offer.server()),
        Way.run("accept it", "steward tools accept " + offer.server() + " --tool NAME"));
  }

  private static String names(List<ToolStanding> tools) {
    StringBuilder names = new StringBuilder();
    for (ToolStanding tool : tools.subList(0, Math.min(NAMED_MAX, tools.size()))) {
      names.append(names.isEmpty() ? "" : ", ").append(tool.name());
    }
    return names + (tools.size() > NAMED_MAX ? " and more" : "");
  }

  private static String differences(ToolStanding tool) {
    if (tool.accepted().isEmpty() || tool.live().isEmpty()) {
      return "";
    }
    List<FieldDiff> fields = TreeDiff.of(LiveTool.of(tool.accepted().get()), tool.live().get());
    StringBuilder words = new StringBuilder("Of " + tool.name() + ": ");
    for (FieldDiff field : fields.subList(0, Math.min(FIELDS_MAX, fields.size()))) {
      words
          .append(field.path())
          .append(" was ")
          .append(shortened(field.before()))
          .append(" and is ")
          .append(shortened(field.after()))
          .append("; ");
    }
    return words.delete(words.length() - 2, words.length()).append('.').toString();
  }

  private String poisoned(List<ToolStanding> tools) {
    long count =
        tools.stream()
            .filter(tool -> tool.live().isPresent())
            .filter(tool -> poisoned(tool.live().get()))
            .count();
    return count == 0
        ? ""
        : " "
            + Words.count(count, "definition reads", "definitions read")
            + " as if meant to steer the model.";
  }

  private boolean poisoned(LiveTool tool) {
    if (grave.size() > LOOKED_AT_MAX) {
      grave.clear();
    }
    return grave.computeIfAbsent(
        tool.digest(),
        _ ->
            Suspicions.of(tool, List.of()).stream()
                .anyMatch(found -> found.weight() == Weight.GRAVE));
  }

  private static String shortened(String text) {
    return text.isEmpty()
        ? "absent"
        : "\"" + (text.length() > WORDS_MAX ? text.substring(0, WORDS_MAX) + "..." : text) + "\"";
  }
}
