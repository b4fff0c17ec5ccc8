// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.watch;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approvals;
import dev.steward.control.command.Command;
import dev.steward.control.state.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/// Puts on record which approvals have expired, soon after they have. An answer or a use that comes
/// after the expiry is refused in any case; this wakes the calls that wait.
public final class Expiries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Expiries.class.getName());
  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  private final Control control;
  private final InstantSource clock;
  private final Watch watch = new Watch();
  private final Thread thread;
  private Approvals seen;

  private Expiries(Control control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
    this.seen = control.state().approvals();
    this.thread = Thread.ofVirtual().name("expiries").unstarted(this::run);
  }

  /// Begins to watch.
  public static Expiries of(Control control, InstantSource clock) {
    Expiries made = new Expiries(control, clock);
    control.listen(made::published);
    made.thread.start();
    return made;
  }

  /// Ends the watch; what expires from now on is put on record after the next start.
  @Override
  public void close() {
    watch.close();
  }

  @SuppressWarnings("ReferenceEquality")
  private void published(State state) {
    // Only the thread that publishes writes it; another object means another approval.
    if (state.approvals() == seen) {
      return;
    }
    seen = state.approvals();
    watch.ring();
  }

  private void run() {
    boolean open = watch.await(pause());
    while (open) {
      try {
        if (due()) {
          control.submit(new Command.ExpireApprovals(), Actor.SYSTEM);
        }
        open = watch.await(pause());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "what has expired is not on record yet; it is tried again", e);
        open = watch.rest(RETRY_EVERY);
      }
    }
  }

  private boolean due() {
    return control
        .state()
        .approvals()
        .nextDue()
        .filter(next -> !next.isAfter(clock.instant()))
        .isPresent();
  }

  /// Until the next one expires. The clock may be set, so a long wait is begun again now and then.
  private Duration pause() {
    return control
        .state()
        .approvals()
        .nextDue()
        .map(next -> Duration.between(clock.instant(), next))
        .filter(left -> left.compareTo(WAIT_MAX) < 0)
        .orElse(WAIT_MAX);
  }
}
