// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The processes that run: started when first needed, started again when they have ended, the more
/// slowly the sooner they end, and stopped when nobody needs them.
public final class StdioPool implements AutoCloseable {
  private static final int PROCESSES_MAX = 256;
  private static final Duration IDLE_MAX = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final Duration SHORT_LIFE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 500;
  private static final int PAUSE_DOUBLINGS_MAX = 7;

  private final Launch launch;
  private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param root under which each caller has its folder
  public StdioPool(Path root, Keys keys) {
    launch = new Launch(root, keys);
  }

  /// Looks after idle processes until it is closed.
  public StdioPool start() {
    Thread.ofVirtual()
        .name("stdio-idle")
        .start(() -> {
          try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
              sweep();
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    return this;
  }

  /// The place of one process; whoever starts it holds the lock.
  private static final class Slot {
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable StdioProcess process;
    private volatile @Nullable ToolServer declared;
    private int ends;
    private long notBeforeNanos = System.nanoTime();
  }

  /// The process for a caller, started if need be.
  ///
  /// @throws ToolServerException NotSent when it does not start
  StdioProcess process(ToolServer server, String owner, Cuttable call) throws ToolServerException {
    String sharer = Launch.sharer(server, owner);
    String key = server.name() + "\n" + sharer;
    Slot slot = slots.computeIfAbsent(key, _ -> new Slot());
    StdioProcess running = usable(slot, server);
    if (running != null) {
      return running;
    }
    try {
      return call.waiting(() -> {
        slot.starting.lockInterruptibly();
        try {
          StdioProcess other = usable(slot, server);
          return other != null ? other : begin(slot, server, sharer);
        } finally {
          slot.starting.unlock();
        }
      });
    } catch (Unstarted e) {
      throw new ToolServerException(e.reason, e);
    } catch (IOException e) {
      throw new ToolServerException(
          new Reason.NotSent(
              "The tool server " + server.name() + " does not start: " + e.getMessage() + "."),
          e);
    }
  }

  private static @Nullable StdioProcess usable(Slot slot, ToolServer server) {
    StdioProcess process = slot.process;
    ToolServer declared = slot.declared;
    boolean same =
        declared != null
            && declared.command().equals(server.command())
            && declared.environment().equals(server.environment())
            && declared.credential().equals(server.credential());
    return process != null && process.alive() && same ? process : null;
  }

  private StdioProcess begin(Slot slot, ToolServer server, String sharer)
      throws IOException, InterruptedException {
    StdioProcess old = slot.process;
    if (old != null) {
      slot.process = null;
      boolean died = !old.alive();
      old.close();
      if (died) {
        ended(slot, old.lived());
      }
    }
    long wait = slot.notBeforeNanos - System.nanoTime();
    if (wait > TimeUnit.SECONDS.toNanos(5)) {
      throw new Unstarted(
          new Reason.NotSent(
              "The tool server "
                  + server.name()
                  + " has ended "
                  + slot.ends
                  + " times soon after its start and is started again in "
                  + TimeUnit.NANOSECONDS.toSeconds(wait)
                  + " seconds; what it said is in the log."));
    }
    TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
    if (closed.getCount() == 0 || running() >= PROCESSES_MAX) {
      throw new Unstarted(
          new Reason.NotSent(
              "The tool server "
                  + server.name()
                  + " is not started: "
                  + PROCESSES_MAX
                  + " processes run already, or Steward is stopping."));
    }
    StdioProcess process;
    try {
      process = new StdioProcess(server.name(), launch.start(server, sharer), sharer.isEmpty());
    } catch (RefusedException e) {
      throw new Unstarted(new Reason.NotSent(e.refusal().message()));
    }
    boolean met = false;
    try {
      new Meeting(process, server, Meeting.PROBE).meet();
      met = true;
    } catch (ToolServerException e) {
      throw new Unstarted(e.reason());
    } finally {
      if (!met) {
        Thread.ofVirtual().start(process::close);
        ended(slot, Duration.ZERO);
      }
    }
    slot.declared = server;
    slot.process = process;
    return process;
  }

  private static void ended(Slot slot, Duration lived) {
    slot.ends = lived.compareTo(SHORT_LIFE) < 0 ? slot.ends + 1 : 1;
    // Whoever ended once, perhaps killed, comes back at once.
    long pause = slot.ends < 2 ? 0 : PAUSE_MILLIS << Math.min(slot.ends - 2, PAUSE_DOUBLINGS_MAX);
    slot.notBeforeNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
  }

  private int running() {
    int running = 0;
    for (Slot slot : slots.values()) {
      StdioProcess process = slot.process;
      running += process != null && process.alive() ? 1 : 0;
    }
    return running;
  }

  /// The processes that run, by server.
  public Map<String, List<Long>> pids() {
    Map<String, List<Long>> pids = new HashMap<>();
    slots.forEach((key, slot) -> {
      StdioProcess process = slot.process;
      if (process != null && process.alive()) {
        String server = key.substring(0, key.indexOf('\n'));
        pids.computeIfAbsent(server, _ -> new ArrayList<>()).add(process.pid());
      }
    });
    return pids;
  }

  private void sweep() {
    for (Slot slot : slots.values()) {
      StdioProcess process = slot.process;
      if (process == null || !process.alive() || process.idle().compareTo(IDLE_MAX) <= 0) {
        continue;
      }
      if (slot.starting.tryLock()) {
        try {
          slot.process = null;
          process.close();
        } finally {
          slot.starting.unlock();
        }
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    List<Thread> closing = new ArrayList<>();
    for (Slot slot : slots.values()) {
      StdioProcess process = slot.process;
      if (process != null) {
        closing.add(Thread.ofVirtual().start(process::close));
      }
    }
    try {
      for (Thread each : closing) {
        each.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// It was not started; carries the reason through what waits.
  private static final class Unstarted extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    private Unstarted(Reason reason) {
      super(reason.message());
      this.reason = reason;
    }
  }
}
