// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import dev.steward.control.Control;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.control.state.State;
import dev.steward.control.watch.Watch;
import dev.steward.domain.Uninterrupted;
import dev.steward.domain.resource.Channel;
import dev.steward.ledger.Ledger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads the control ledger behind those who write it, and puts what people are told of it into the
/// outbox. The place that was read to is kept together with the deliveries, so that after a crash
/// nothing is left out and nothing is told twice.
public final class Announcer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Announcer.class.getName());
  private static final int READ_ENTRIES = 500;
  private static final Duration RETRY_EVERY = Duration.ofSeconds(2);
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  private final Control control;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Runnable told;
  private final Watch watch = new Watch();
  private final Thread thread;
  private long position;
  private long kept;

  private Announcer(Control control, Ledger ledger, Outbox outbox, Runnable told) {
    this.control = control;
    this.ledger = ledger;
    this.outbox = outbox;
    this.told = told;
    // What was before there was an outbox is told to nobody.
    long now = control.state().sequence();
    this.position = Math.min(outbox.position().orElse(now), now);
    this.thread = Thread.ofVirtual().name("announcer").unstarted(this::run);
  }

  /// Begins to read.
  ///
  /// @param told called when there is something to deliver
  public static Announcer start(Control control, Ledger ledger, Outbox outbox, Runnable told) {
    Announcer made = new Announcer(control, ledger, outbox, told);
    if (outbox.position().isEmpty()) {
      outbox.put(List.of(), made.position);
    }
    control.listen(_ -> made.watch.ring());
    made.thread.start();
    return made;
  }

  @Override
  public void close() {
    watch.close();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
  }

  private void run() {
    boolean failed = false;
    while (waited(failed)) {
      try {
        failed = false;
        read();
      } catch (RuntimeException e) {
        failed = true;
        LOG.log(Level.WARNING, "what happened is not in the outbox yet; it is tried again", e);
      }
    }
  }

  /// @return false when it is closed
  private boolean waited(boolean failed) {
    boolean open = failed ? watch.rest(RETRY_EVERY) : watch.isOpen();
    while (open && control.state().sequence() <= position) {
      open = watch.await(WAIT_MAX);
    }
    return open;
  }

  private void read() {
    State state = control.state();
    List<Channel> channels = state.all(Channel.class);
    long end = state.sequence();
    if (channels.isEmpty()) {
      position = end;
      return;
    }
    while (position < end) {
      int count = (int) Math.min(READ_ENTRIES, end - position);
      List<Delivery> deliveries = new ArrayList<>();
      long at = position;
      for (byte[] entry : ledger.read(position, count)) {
        add(EnvelopeCodec.read(entry), at++, state, channels, deliveries);
      }
      // What is read twice is told once, since a delivery is known by its place in the ledger.
      if (!deliveries.isEmpty() || at - kept >= READ_ENTRIES) {
        outbox.put(deliveries, at);
        kept = at;
      }
      position = at;
      if (!deliveries.isEmpty()) {
        told.run();
      }
    }
  }

  private static void add(
      Envelope entry,
      long sequence,
      State state,
      List<Channel> channels,
      List<Delivery> deliveries) {
    int place = 0;
    for (Event event : entry.events()) {
      String id = "msg-" + sequence + "-" + place++;
      Notices.of(event, state, entry.at())
          .ifPresent(notice -> {
            for (Channel channel : channels) {
              if (wants(channel, event, notice) && known(channel, sequence, state)) {
                deliveries.add(
                    Delivery.of(id + "-" + channel.name(), channel.name(), notice, entry.at()));
              }
            }
          });
    }
  }

  /// An alert goes to whom its rule says, and not to whoever wants such events.
  private static boolean wants(Channel channel, Event event, Notice notice) {
    return event instanceof Event.OfAlert alert
        ? AlertNotices.channels(alert).contains(channel.name())
        : channel.tells(notice.event());
  }

  /// What was before a channel was declared is not told through it.
  private static boolean known(Channel channel, long sequence, State state) {
    return state.history(channel.kind(), channel.name()).getFirst().sequence() <= sequence;
  }
}
