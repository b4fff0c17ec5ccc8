// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.event.Event;
import dev.steward.control.release.Pair;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import java.util.List;

/// What is decided about two versions that stand side by side, of which one is in force.
final class Switching {
  private final Matter matter;
  private final Releasing releasing;

  Switching(Matter matter) {
    this.matter = matter;
    this.releasing = new Releasing(matter);
  }

  /// Forward the gates must hold at that moment too; the way back is never barred.
  void put(Command.SwitchRelease wanted) {
    ReleaseRecord record = releasing.open(wanted.id());
    releasing.needDeploy(record);
    Matter.checkReason(wanted.reason(), "a switch");
    Pair pair = pair(record);
    Release release = record.release();
    Digest version = wanted.back() ? pair.control() : release.version();
    if (pair.switched() != wanted.back()) {
      throw Releasing.conflict(
          "version "
              + version.hex().substring(0, 12)
              + " is in force in "
              + release.to()
              + " already; switch "
              + (wanted.back() ? "without" : "with")
              + " 'back' to leave it");
    }
    Digest reason = matter.seal(wanted.reason());
    if (wanted.back()) {
      waitForNothing(record, reason);
    } else {
      releasing.resume(record, reason);
    }
    put(release, version, wanted.cut(), reason);
  }

  /// Who goes back takes back the word that let it wait to be promoted by itself.
  private void waitForNothing(ReleaseRecord record, Digest reason) {
    if (record.state().waits()) {
      releasing.move(record, new ReleaseState.RollingOut(), record.pins(), reason);
    }
  }

  private void put(Release release, Digest version, boolean cut, Digest reason) {
    matter.decided().add(new Event.VersionPutInForce(release.agent(), release.to(), version));
    matter
        .decided()
        .add(new Event.Switched(release.id(), release.agent(), release.to(), version, cut, reason));
  }

  /// The version of the release goes for good, and nobody keeps it.
  void end(ReleaseRecord record, Digest reason) {
    Release release = record.release();
    Digest control = pair(record).control();
    matter.decided().add(new Event.VersionPutInForce(release.agent(), release.to(), control));
    releasing.move(record, new ReleaseState.RolledBack(), record.pins(), reason);
    matter
        .decided()
        .add(
            new Event.RolledBack(
                release.id(),
                release.agent(),
                release.to(),
                control,
                release.version(),
                "person",
                List.of(),
                reason));
  }

  private static Pair pair(ReleaseRecord record) {
    return record
        .paired()
        .orElseThrow(() ->
            Releasing.conflict(
                "release "
                    + record.release().id()
                    + " does not stand by as one side of a blue-green release ("
                    + record.state().word()
                    + "), so there is nothing to switch"));
  }
}
