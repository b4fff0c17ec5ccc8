// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.watch;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.gate.Course;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/// Judges the releases that wait whenever something has changed, and now and then, since drills and
/// reports grow old and freezes end.
public final class ReleaseWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ReleaseWatch.class.getName());
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

  private final Control control;
  private final InstantSource clock;
  private final Duration rest;
  private final Watch watch = new Watch();
  private final Thread thread;

  private ReleaseWatch(Control control, InstantSource clock, Duration rest) {
    this.control = control;
    this.clock = clock;
    this.rest = rest;
    this.thread = Thread.ofVirtual().name("release-watch").unstarted(this::run);
  }

  /// Begins to watch.
  ///
  /// @param rest that it takes after it has judged, however much changes
  public static ReleaseWatch of(Control control, InstantSource clock, Duration rest) {
    ReleaseWatch made = new ReleaseWatch(control, clock, rest);
    control.listen(_ -> made.watch.ring());
    made.thread.start();
    return made;
  }

  /// Ends the watch; what waits is judged again after the next start.
  @Override
  public void close() {
    watch.close();
  }

  private void run() {
    boolean open = watch.isOpen();
    while (open) {
      judge();
      open = watch.rest(rest) && watch.await(NOW_AND_THEN);
    }
  }

  private void judge() {
    for (ReleaseRecord record : control.state().releases().waiting()) {
      try {
        State state = control.state();
        if (Course.of(state, record, clock.instant(), control.proofs()).news(record)) {
          control.submit(new Command.JudgeRelease(record.release().id()), Actor.SYSTEM);
        }
      } catch (RuntimeException e) {
        LOG.log(
            Level.WARNING,
            "release " + record.release().id() + " could not be judged; it is tried again",
            e);
      }
    }
  }
}
