// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.store.file.Disk;
import dev.steward.store.file.FrameHead;
import dev.steward.trace.JournalPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one thread that writes segments: takes all that wait, writes, syncs once, tells them.
///
/// After a failed sync a file is never written again, since the system may have forgotten what it
/// could not write; the next group begins a new segment, whose header seals the one before at its
/// last synced byte.
final class JournalWriter implements Runnable {
  private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());
  private static final int STAGE_BYTES = 1 << 20;

  private final Path folder;
  private final JournalConfig config;
  private final Disk disk;
  private final RandomGenerator salts;
  private final Segments segments;
  private final ArrayBlockingQueue<Pending> queue;
  private final ByteBuffer stage = ByteBuffer.allocateDirect(STAGE_BYTES);
  private Disk.@Nullable Output output;
  private long salt;
  private volatile boolean ended;

  JournalWriter(
      Path folder,
      JournalConfig config,
      Disk disk,
      RandomGenerator salts,
      Segments segments,
      ArrayBlockingQueue<Pending> queue) {
    this.folder = folder;
    this.config = config;
    this.disk = disk;
    this.salts = salts;
    this.segments = segments;
    this.queue = queue;
  }

  /// Whether nothing is taken from the queue any more.
  boolean ended() {
    return ended;
  }

  @Override
  public void run() {
    try {
      List<Pending> group = new ArrayList<>();
      boolean more = true;
      while (more) {
        group.clear();
        more = gather(group);
        if (!group.isEmpty()) {
          settle(group);
        }
      }
      closeOutput();
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.ERROR, "the journal's writer was interrupted and ends", e);
    } finally {
      ended = true;
      refuseWaiting();
    }
  }

  /// Answers those that came after the end.
  void refuseWaiting() {
    for (Pending late = queue.poll(); late != null; late = queue.poll()) {
      late.failed(new IOException("the journal is closed"));
    }
  }

  private boolean gather(List<Pending> group) throws InterruptedException {
    long bytes = 0;
    Pending next = queue.take();
    while (next != null && next != Pending.END) {
      group.add(next);
      bytes += next.body().length;
      next = bytes < config.groupBytesMax() ? queue.poll() : null;
    }
    return next != Pending.END;
  }

  private void settle(List<Pending> group) {
    try {
      List<JournalPosition> positions = write(group);
      segments.synced(positions.getLast());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).synced(positions.get(i));
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOG.log(System.Logger.Level.ERROR, "the journal could not be written", e);
      group.forEach(each -> each.failed(e));
    }
  }

  private List<JournalPosition> write(List<Pending> group) throws IOException {
    Disk.Output to = output;
    if (to == null || segments.end().offset() >= config.segmentBytes()) {
      to = begin();
    }
    List<JournalPosition> positions = new ArrayList<>(group.size());
    JournalPosition before = segments.end();
    JournalPosition at = before;
    try {
      stage.clear();
      for (Pending each : group) {
        FrameHead head = each.head(at.spans());
        put(to, head.bytes(salt, at.offset()));
        put(to, each.body());
        long end = at.offset() + FrameHead.BYTES + head.length();
        at = new JournalPosition(at.segment(), end, head.spans());
        positions.add(at);
      }
      to.write(stage.flip());
    } catch (IOException | RuntimeException e) {
      cutBack(to, before.offset(), e);
      throw e;
    }
    try {
      to.sync();
    } catch (IOException | RuntimeException e) {
      abandon(e);
      throw e;
    }
    return positions;
  }

  private void put(Disk.Output to, byte[] bytes) throws IOException {
    int done = 0;
    while (done < bytes.length) {
      int part = Math.min(stage.remaining(), bytes.length - done);
      stage.put(bytes, done, part);
      done += part;
      if (!stage.hasRemaining()) {
        to.write(stage.flip());
        stage.clear();
      }
    }
  }

  /// A write that failed has harmed nothing that was synced: the file is cut and used on.
  private void cutBack(Disk.Output to, long offset, Exception cause) {
    try {
      to.cut(offset);
    } catch (IOException e) {
      cause.addSuppressed(e);
      abandon(cause);
    }
  }

  private void abandon(Exception cause) {
    try {
      closeOutput();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
    output = null;
  }

  /// Begins the next segment; an empty last one is replaced, so that failures and restarts leave no
  /// row of empty files.
  Disk.Output begin() throws IOException {
    JournalPosition end = segments.end();
    Segments.Stretch last = segments.at(end.segment());
    SegmentHeader header;
    if (last == null) {
      header = new SegmentHeader(end.segment(), end.spans(), 0, salts.nextLong());
    } else if (end.equals(last.segment().start())) {
      long previousEnd = last.segment().header().previousEnd();
      header = new SegmentHeader(end.segment(), end.spans(), previousEnd, salts.nextLong());
    } else {
      header = new SegmentHeader(end.segment() + 1, end.spans(), end.offset(), salts.nextLong());
    }
    closeOutput();
    Path file = Segment.file(folder, header.number());
    Disk.Output next = create(file, header);
    output = next;
    salt = header.salt();
    Segment segment = new Segment(file, header);
    segments.begin(segment, segment.start());
    return next;
  }

  private Disk.Output create(Path file, SegmentHeader header) throws IOException {
    Path unpublished = JournalFolder.unpublished(file);
    Disk.Output next = disk.create(unpublished);
    try {
      next.write(header.bytes());
      next.sync();
      disk.publish(unpublished, file);
      return next;
    } catch (IOException | RuntimeException e) {
      try (next) {
        Files.deleteIfExists(unpublished);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void closeOutput() {
    Disk.Output old = output;
    output = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "a journal segment could not be closed", e);
      }
    }
  }
}
