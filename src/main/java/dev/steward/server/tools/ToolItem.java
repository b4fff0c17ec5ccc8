// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.tools;

import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.TreeDiff;
import dev.steward.control.tool.Acceptance;
import dev.steward.control.tool.ContractCheck;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.ProposedEffect;
import dev.steward.control.tool.Suspicion;
import dev.steward.control.tool.Suspicions;
import dev.steward.control.tool.ToolStanding;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One tool: what its server offers beside what was accepted.
///
/// @param standing accepted, changed, new, gone or unreadable; all but the first are hidden
/// @param effect as accepted, "" when none was said
/// @param proposedEffect what it would be accepted with where nobody says another
/// @param labels of the data that it reads
/// @param digest of the definition that is offered now, null when there is none
/// @param acceptedDigest null when nothing was accepted
/// @param definition as it is offered, else as accepted
/// @param differences between what was accepted and what is offered
/// @param objections why it is accepted only on purpose
/// @param trouble why its definition cannot be read, "" when it can
public record ToolItem(
    String name,
    String standing,
    String effect,
    String proposedEffect,
    List<String> labels,
    @Nullable String digest,
    @Nullable String acceptedDigest,
    @Nullable JsonNode definition,
    List<FieldDiff> differences,
    List<SuspicionItem> suspicions,
    List<TestItem> tests,
    List<String> objections,
    String trouble) {

  /// Something in the definition that may be meant to steer the model.
  ///
  /// @param weight note or grave
  public record SuspicionItem(String weight, String rule, String place, String message) {}

  /// How a contract test came out with the offered definition.
  ///
  /// @param problem "" when it passed
  public record TestItem(String name, boolean passed, String problem) {}

  /// @param others names of tools of other servers
  static ToolItem of(ToolStanding tool, Collection<String> others) {
    Optional<LiveTool> live = tool.live();
    Optional<LiveTool> pin = tool.accepted().map(LiveTool::of);
    List<Suspicion> suspicions = live.isPresent() ? Suspicions.of(live.get(), others) : List.of();
    boolean open = live.isPresent() && tool.standing() != Standing.ACCEPTED;
    LiveTool shown = live.or(() -> pin).orElse(null);
    return new ToolItem(
        tool.name(),
        tool.standing().word(),
        tool.accepted().map(Tool::effect).orElse(""),
        proposed(tool),
        tool.accepted().map(Tool::labels).orElse(List.of()),
        live.map(l -> l.digest().hex()).orElse(null),
        pin.map(p -> p.digest().hex()).orElse(null),
        shown == null ? null : shown.json(),
        live.isPresent() && pin.isPresent() ? TreeDiff.of(pin.get(), live.get()) : List.of(),
        items(suspicions),
        tests(tool),
        open ? Acceptance.objections(tool.accepted(), live.get(), suspicions) : List.of(),
        tool.trouble());
  }

  private static String proposed(ToolStanding tool) {
    String said = tool.accepted().map(Tool::effect).orElse("");
    return said.isEmpty() && tool.live().isPresent()
        ? ProposedEffect.of(tool.live().get()).word()
        : said;
  }

  private static List<SuspicionItem> items(List<Suspicion> suspicions) {
    return suspicions.stream()
        .map(s -> new SuspicionItem(s.weight().word(), s.rule(), s.place(), s.message()))
        .toList();
  }

  private static List<TestItem> tests(ToolStanding tool) {
    if (tool.accepted().isEmpty() || tool.live().isEmpty()) {
      return List.of();
    }
    return ContractCheck.run(tool.accepted().get(), tool.live().get()).stream()
        .map(outcome -> new TestItem(outcome.test(), outcome.passed(), outcome.problem()))
        .toList();
  }
}
