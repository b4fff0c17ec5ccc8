// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.domain.ApiException;
import dev.steward.domain.Uninterrupted;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.note.Checkpoint;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Writes the activity log's checkpoint into the control ledger now and then when it has grown, and
/// once more when the server stops.
public final class Anchoring implements AutoCloseable {
  /// The name that anchors have the activity log under.
  public static final String ACTIVITY = "activity";

  private static final System.Logger LOG = System.getLogger(Anchoring.class.getName());
  private static final Duration LAST_CHECKPOINT_IN = Duration.ofSeconds(3);

  /// How far back the last anchor is looked for; when it lies further back another is written.
  private static final int LOOKED_AT = 1_000;

  private final Logs logs;
  private final Control control;
  private final Duration every;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private long anchored;

  private Anchoring(Logs logs, Control control, Duration every) {
    this.logs = logs;
    this.control = control;
    this.every = every;
    this.anchored = lastAnchor(logs.control());
    this.thread = Thread.ofPlatform().name("anchoring").daemon().unstarted(this::run);
  }

  public static Anchoring start(Logs logs, Control control, Duration every) {
    Anchoring anchoring = new Anchoring(logs, control, every);
    anchoring.thread.start();
    return anchoring;
  }

  private static long lastAnchor(Ledger ledger) {
    long from = Math.max(0, ledger.size() - LOOKED_AT);
    long last = 0;
    for (byte[] entry : ledger.read(from, LOOKED_AT)) {
      for (Event event : EnvelopeCodec.read(entry).events()) {
        if (event instanceof Event.CheckpointAnchored anchor && anchor.log().equals(ACTIVITY)) {
          last = anchor.size();
        }
      }
    }
    return last;
  }

  private void run() {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        anchor(logs.activity().checkpoint());
      }
      long size = logs.activity().size();
      if (size > anchored) {
        logs.activity().hurryCheckpoint();
        logs.activity().awaitCheckpoint(size, LAST_CHECKPOINT_IN).ifPresent(this::anchor);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void anchor(Checkpoint checkpoint) {
    if (checkpoint.size() <= anchored) {
      return;
    }
    try {
      control.submit(
          new Command.AnchorCheckpoint(ACTIVITY, checkpoint.size(), checkpoint.root()),
          Actor.SYSTEM);
      anchored = checkpoint.size();
    } catch (ApiException e) {
      LOG.log(System.Logger.Level.WARNING, "the activity log is not anchored; tried again", e);
    }
  }

  /// Anchors what has come since the last time.
  @Override
  public void close() {
    closed.countDown();
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
  }
}
