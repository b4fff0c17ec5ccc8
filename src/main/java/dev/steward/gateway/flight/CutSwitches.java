// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.flight;

import dev.steward.control.Control;
import dev.steward.control.release.Pair;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Releases;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.Subject;
import java.util.Optional;

/// Ends the calls at a version that is left by a switch which cuts, as soon as State says so, and
/// those that were given it before and begin after.
public final class CutSwitches {
  private final Flights flights;
  private Releases seen;

  private CutSwitches(Flights flights, Releases seen) {
    this.flights = flights;
    this.seen = seen;
  }

  /// From now on.
  public static void over(Control control, Flights flights) {
    flights.late(subject -> late(control.state().releases(), subject));
    control.listen(new CutSwitches(flights, control.state().releases())::published);
  }

  /// Whatever is published of other things leaves the releases as they are.
  @SuppressWarnings("ReferenceEquality")
  private synchronized void published(State state) {
    Releases before = seen;
    seen = state.releases();
    if (seen == before) {
      return;
    }
    for (ReleaseRecord record : seen.apart()) {
      int cuts = cuts(Optional.of(record));
      if (cuts > cuts(before.find(record.release().id()))) {
        flights.cut(left(record));
      }
    }
  }

  private static int cuts(Optional<ReleaseRecord> record) {
    return record.flatMap(ReleaseRecord::paired).map(Pair::cuts).orElse(0);
  }

  /// Since the switch nobody is given the version that it left, but who is bound to it.
  private static Optional<Stop> late(Releases releases, Subject subject) {
    return subject.bound() || subject.shadow()
        ? Optional.empty()
        : releases
            .apart(subject.agent(), subject.environment())
            .filter(record -> record.paired().filter(Pair::cut).isPresent())
            .map(CutSwitches::left)
            .filter(stop -> stop.matches(subject))
            .map(Stop.class::cast);
  }

  private static Stop.Switched left(ReleaseRecord record) {
    Pair pair = record.paired().orElseThrow();
    Digest version = pair.switched() ? pair.control() : record.release().version();
    return new Stop.Switched(
        record.release().id(), record.release().agent(), record.release().to(), version);
  }
}
