// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.incident;

import dev.steward.assurance.bundle.Bundle;
import dev.steward.assurance.bundle.BundleDraft;
import dev.steward.assurance.report.Form;
import dev.steward.assurance.report.Report;
import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Incident;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives out the story of an incident with the proofs of what it says. That it was given out is an
/// entry of the ledger, which seals it.
///
/// @param ledger of control
public record IncidentBundles(IncidentStories stories, Control control, Ledger ledger) {
  private static final int ENTRIES_MAX = 5_000;

  private static final String README =
      """
      This is the story of an incident with its proofs. Check it, without a network, with

          steward verify --bundle FILE

      and, where you have the public keys of the ledger from elsewhere, with --keys KEYS as well:
      those in control/keys came with the bundle.

      report.md and report.html say what happened, timeline.json has the same for programs.
      control/N.entry is entry N of the ledger, byte for byte, and control/N.tlog-proof proves that
      it is there (c2sp.org/tlog-proof). seal.entry has the SHA-256 of manifest.json, which has that
      of every other file. Reasons, notes and titles lie beside the ledger: an entry has commitments
      to them.
      """;

  /// @throws ApiException TOO_LARGE when the story names too many entries, LEDGER_BUSY when the
  ///   server is stopping, and whatever a command of the actor may meet
  public Bundle of(Incident incident, Reading reading, Actor actor) {
    State state = control.state();
    IncidentStory story = stories.of(incident, reading);
    List<Long> entries =
        story.lines().stream().map(StoryLine::sequence).filter(at -> at >= 0).distinct().toList();
    if (entries.size() > ENTRIES_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "The story of incident %s names %d entries of the ledger, and a bundle takes %d."
              .formatted(incident.id(), entries.size(), ENTRIES_MAX));
    }
    Report report = IncidentReport.of(story, state, reading);
    BundleDraft draft =
        new BundleDraft(incident.id(), ledger)
            .put("README.txt", README.getBytes(StandardCharsets.UTF_8))
            .put("report.md", Form.MARKDOWN.of(report))
            .put("report.html", Form.HTML.of(report))
            .put("timeline.json", timeline(story));
    try {
      draft.prove(entries);
      long seal =
          control
              .submit(new Command.ReportIncident(incident.id(), draft.manifest()), actor)
              .receipts()
              .getFirst()
              .index();
      return draft.sealed(seal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ErrorCode.LEDGER_BUSY, "The server is stopping.", e);
    }
  }

  private static byte[] timeline(IncidentStory story) {
    ObjectNode json = CanonicalJson.object();
    json.put("incident", story.incident().id());
    json.put("from", story.from().toString()).put("to", story.to().toString());
    json.put("whole", story.whole()).put("hiddenRuns", story.hiddenRuns());
    ArrayNode lines = json.putArray("lines");
    for (StoryLine line : story.lines()) {
      ObjectNode told = lines.addObject();
      told.put("at", line.at().toString()).put("kind", line.kind()).put("agent", line.agent());
      told.put("by", line.by().id()).put("title", line.title()).put("detail", line.detail());
      told.put("page", line.page());
      if (line.sequence() >= 0) {
        told.put("entry", line.sequence());
      }
    }
    return CanonicalJson.bytes(json);
  }
}
