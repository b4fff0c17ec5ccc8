// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Uninterrupted;
import dev.steward.trace.diary.Diary;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A diary in two text files: when the newer is full it becomes the older. Lines are written
/// together, a moment after they were added, and not synced: the last of them are lost when the
/// process or the machine goes down, and that is no loss by the port's terms. What is to be kept is
/// written and synced by who wants it.
public final class FileDiary implements Diary {
  private static final System.Logger LOG = System.getLogger(FileDiary.class.getName());

  private static final Duration TOGETHER = Duration.ofMillis(20);

  private static final Duration FLUSH_MAX = Duration.ofSeconds(1);

  /// Lines that wait for a disk that hangs; more are lost.
  private static final int WAITING_MAX = 4_096;

  private final Path file;
  private final int linesMax;
  private final List<String> waiting = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private long added;
  private long handled;
  private int written;
  private @Nullable Writer writer;
  private @Nullable FileOutputStream out;
  private volatile boolean refused;

  private FileDiary(Path file, int linesMax) {
    this.file = file;
    this.linesMax = linesMax;
    this.thread = Thread.ofPlatform().name("diary").daemon().unstarted(this::run);
  }

  /// @param linesMax that are kept at least; twice as many at most
  /// @throws ApiException STORAGE_FAILED when its folder cannot be made
  public static FileDiary open(Path file, int linesMax) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileDiary diary = new FileDiary(file, linesMax);
      diary.thread.start();
      return diary;
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the folder of " + file + " cannot be made: " + e + "; check its rights and room",
          e);
    }
  }

  @Override
  public synchronized List<String> read() {
    write();
    List<String> all = new ArrayList<>(lines(older()));
    List<String> newer = lines(file);
    all.addAll(newer);
    written = newer.size();
    return all;
  }

  private List<String> lines(Path from) {
    try {
      // A text that was cut off in the middle of a letter is still worth its other lines.
      return new String(Files.readAllBytes(from), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      trouble(e);
      return List.of();
    }
  }

  @Override
  public void add(List<String> lines) {
    synchronized (waiting) {
      if (waiting.size() < WAITING_MAX) {
        waiting.addAll(lines);
        added += lines.size();
        waiting.notifyAll();
        return;
      }
    }
    trouble(new IOException(WAITING_MAX + " lines wait for the disk"));
  }

  @Override
  public synchronized void keep(List<String> lines) throws IOException {
    write();
    try {
      put(lines);
      if (out != null) {
        out.getFD().sync();
      }
    } catch (IOException e) {
      // What a failed sync left behind is never synced again: the next lines begin with a new one.
      abandon();
      throw e;
    }
  }

  private void run() {
    try {
      do {
        synchronized (waiting) {
          while (waiting.isEmpty() && closing.getCount() > 0) {
            waiting.wait();
          }
        }
        write();
      } while (!closing.await(TOGETHER.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void write() {
    List<String> lines;
    synchronized (waiting) {
      lines = List.copyOf(waiting);
      waiting.clear();
    }
    if (!lines.isEmpty()) {
      write(lines);
      synchronized (waiting) {
        handled += lines.size();
        waiting.notifyAll();
      }
    }
  }

  /// The lines are written by the diary's own thread: a caller that is interrupted would close the
  /// file.
  @Override
  public void flush() {
    long last = System.nanoTime() + FLUSH_MAX.toNanos();
    synchronized (waiting) {
      long wanted = added;
      try {
        while (handled < wanted && System.nanoTime() < last) {
          waiting.wait(TOGETHER.toMillis());
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void write(List<String> lines) {
    try {
      put(lines);
      refused = false;
    } catch (IOException e) {
      trouble(e);
    }
  }

  private void put(List<String> lines) throws IOException {
    Writer to = null;
    for (String line : lines) {
      to = writer();
      to.write(line);
      to.write('\n');
      written++;
    }
    if (to != null) {
      to.flush();
    }
  }

  /// Where the next line goes: a new file where the last is full.
  private Writer writer() throws IOException {
    if (written >= linesMax) {
      end();
      Files.move(file, older(), StandardCopyOption.REPLACE_EXISTING);
      written = 0;
    }
    Writer to = writer;
    if (to == null) {
      // A channel would be closed by the interrupt of a caller.
      FileOutputStream made = new FileOutputStream(file.toFile(), true);
      to = new BufferedWriter(new OutputStreamWriter(made, StandardCharsets.UTF_8));
      out = made;
      writer = to;
      // Behind a line that was cut off.
      to.write('\n');
    }
    return to;
  }

  private Path older() {
    return file.resolveSibling(file.getFileName() + ".old");
  }

  private void trouble(IOException e) {
    if (!refused) {
      refused = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "the file " + file + " is not kept: " + e + "; it is tried again with each line");
    }
  }

  private void end() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
      out = null;
    }
  }

  private void abandon() {
    try {
      end();
    } catch (IOException e) {
      trouble(e);
    }
    writer = null;
    out = null;
  }

  @Override
  public void close() {
    closing.countDown();
    synchronized (waiting) {
      waiting.notifyAll();
    }
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.join(thread);
    }
    write();
    synchronized (this) {
      try {
        end();
      } catch (IOException e) {
        trouble(e);
      }
    }
  }
}
