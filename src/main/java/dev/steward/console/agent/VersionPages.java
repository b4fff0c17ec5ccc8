// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.agent.VersionPage.Side;
import dev.steward.console.artefact.ArtefactDiff;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.web.PageRequest;
import dev.steward.control.plan.VersionDiff;
import dev.steward.domain.resource.AgentVersion;
import java.util.List;
import java.util.Optional;

/// Makes the page of what differs between two versions.
final class VersionPages {
  private final Framer framer;

  VersionPages(Framer framer) {
    this.framer = framer;
  }

  /// @param range two versions, each by the beginning of its digest, with `..` between
  Optional<VersionPage> page(PageRequest request, AgentFacts facts, String range) {
    String[] ends = range.split("\\.\\.", 2);
    Moments moments = framer.moments(request);
    Versions versions = Versions.of(facts, moments);
    Optional<VersionRow> before = row(versions, ends[0]);
    Optional<VersionRow> after = row(versions, ends[1]);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    return side(facts, before.get())
        .flatMap(old ->
            side(facts, after.get())
                .map(now ->
                    page(request, facts, before.get(), after.get(), VersionDiff.of(old, now))));
  }

  private static Optional<VersionRow> row(Versions versions, String start) {
    return start.isEmpty()
        ? Optional.empty()
        : versions.rows().stream().filter(row -> row.digest().startsWith(start)).findFirst();
  }

  /// Tools are compared as they were declared with each version; those of the version that is in
  /// use as they are now.
  private static Optional<VersionDiff.Side> side(AgentFacts facts, VersionRow row) {
    Optional<AgentVersion> version = facts.state().version(facts.name(), row.digest());
    long moment = row.current() ? facts.state().sequence() : row.sequence();
    return version.map(found -> new VersionDiff.Side(found, facts.state(), moment));
  }

  private VersionPage page(
      PageRequest request,
      AgentFacts facts,
      VersionRow before,
      VersionRow after,
      List<VersionDiff.Part> parts) {
    ArtefactDiff diff = ArtefactDiff.of(parts, before.shown(), after.shown());
    String title = before.shown() + " to " + after.shown();
    return new VersionPage(
        framer.single(
            request,
            title,
            "fleet",
            List.of(
                new Crumb("Fleet", "/fleet"),
                new Crumb(facts.name(), AgentSection.href(facts.name()))),
            ""),
        facts.name(),
        side(before),
        side(after),
        diff.lede(),
        diff.parts(),
        diff.same(),
        Versions.diff(facts.name(), after.digest(), before.digest()));
  }

  private static Side side(VersionRow row) {
    String where = row.inForce().isEmpty() ? "" : "; in force in " + row.inForce();
    return new Side(
        row.shown(),
        row.digest(),
        "declared %s by %s%s".formatted(row.declared().shown(), row.by(), where));
  }
}
