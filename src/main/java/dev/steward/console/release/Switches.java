// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.control.release.Pair;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Release;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import java.util.List;
import java.util.Map;

/// What a release's page says of two versions that stand side by side, and what switches them.
final class Switches {
  private static final String REASON = "Reason, kept in the ledger";

  private Switches() {}

  static List<Fact> facts(State state, Release release, Pair pair) {
    Digest force = pair.switched() ? release.version() : pair.control();
    Digest other = pair.switched() ? pair.control() : release.version();
    return List.of(
        Fact.mono("In force", ReleaseWords.version(force)).noted(endpoint(state, release, force)),
        Fact.mono("Stands by", ReleaseWords.version(other)).noted(endpoint(state, release, other)));
  }

  /// None where there is nothing to switch.
  static List<Deed> deeds(String csrf, State state, ReleaseRecord record) {
    if (record.paired().isEmpty() || !record.state().open()) {
      return List.of();
    }
    boolean back = record.paired().get().switched();
    Release release = record.release();
    Digest control = record.paired().get().control();
    Digest to = back ? control : release.version();
    Digest from = back ? release.version() : control;
    String words =
        (back ? "Switch back to " : "Switch to ")
            + ReleaseWords.version(to)
            + " of "
            + release.agent()
            + " in "
            + release.to();
    String change =
        "From the next call on, conversations and runs that begin get "
            + ReleaseWords.version(to)
            + " ("
            + endpoint(state, release, to)
            + ") in place of "
            + ReleaseWords.version(from)
            + " ("
            + endpoint(state, release, from)
            + "). ";
    String path = Track.href(release.id()) + (back ? "/switch-back" : "/switch");
    return List.of(
        new Deed(
            "switch",
            path,
            csrf,
            Map.of(),
            words,
            change + "What is under way finishes where it began.",
            REASON,
            false),
        new Deed(
            "switch-cut",
            path,
            csrf,
            Map.of("cut", "true"),
            words + " and cut what is under way",
            change
                + "Calls under way are ended with an error that asks to try again, and all"
                + " conversations go on at the other version.",
            REASON,
            true));
  }

  private static String endpoint(State state, Release release, Digest version) {
    return state
        .version(release.agent(), version.hex())
        .flatMap(AgentVersion::endpoint)
        .map(Endpoint::url)
        .orElse("without an endpoint");
  }
}
