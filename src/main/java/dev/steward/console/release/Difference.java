// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.artefact.ArtefactDiff;
import dev.steward.control.plan.VersionDiff;
import dev.steward.control.release.Placement;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Release;
import dev.steward.domain.resource.AgentVersion;
import java.util.Optional;

/// What the version of a release changes where it goes: beside the one in force there, or beside
/// the one that was when it came.
final class Difference {
  private Difference() {}

  /// Empty where none was in force there before, or its content is gone.
  static Optional<ArtefactDiff> of(State state, ReleaseRecord record) {
    Release release = record.release();
    return replaced(state, record)
        .flatMap(before ->
            side(state, release.agent(), before)
                .flatMap(old ->
                    side(state, release.agent(), release.version())
                        .map(now ->
                            ArtefactDiff.of(
                                VersionDiff.of(old, now),
                                ReleaseWords.version(before),
                                ReleaseWords.version(release.version())))));
  }

  private static Optional<Digest> replaced(State state, ReleaseRecord record) {
    Release release = record.release();
    return state.releases().placements(release.agent(), release.to()).stream()
        .takeWhile(placement -> !placement.release().equals(release.id()))
        .map(Placement::version)
        .filter(version -> !version.equals(release.version()))
        .reduce((_, later) -> later);
  }

  /// Tools as they are declared now: both versions would be given those.
  private static Optional<VersionDiff.Side> side(State state, String agent, Digest version) {
    Optional<AgentVersion> found = state.version(agent, version.hex());
    return found.map(each -> new VersionDiff.Side(each, state, state.sequence()));
  }
}
