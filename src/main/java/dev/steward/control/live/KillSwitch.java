// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.Accepted;
import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.state.Kill;
import dev.steward.control.state.Kills;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Subject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The switch that stops calls. A kill blocks and cuts first and is written after, so that neither
/// a slow nor a full disk holds it up; one that cannot be written goes on blocking and is written
/// as soon as the ledger is back.
///
/// Whoever begins a call must show it to the cutter first and ask `killed` after: then a kill that
/// comes at the same time either finds the call or is found by it.
public final class KillSwitch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KillSwitch.class.getName());

  private static final int UNWRITTEN_MAX = 1_000;

  private final Control control;
  private final Duration retryEvery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private volatile CallCutter cutter = CallCutter.NONE;
  private volatile List<Unwritten> unwritten = List.of();
  private volatile Kills seen;
  private @Nullable Thread writer;
  private boolean closed;

  private KillSwitch(Control control, Duration retryEvery) {
    this.control = control;
    this.retryEvery = retryEvery;
    this.seen = control.state().kills();
  }

  /// @param retryEvery how long to wait before a kill that could not be written is tried again
  public static KillSwitch of(Control control, Duration retryEvery) {
    KillSwitch made = new KillSwitch(control, retryEvery);
    control.listen(made::published);
    return made;
  }

  /// Says who ends the calls in flight, before the first call.
  public void connect(CallCutter wanted) {
    cutter = wanted;
  }

  /// A kill that means the call, empty when it may begin or go on.
  public Optional<Kill> killed(Subject subject) {
    // In this order: a kill leaves `unwritten` only after State shows it.
    for (Unwritten waiting : unwritten) {
      if (waiting.kill().selector().matches(subject)) {
        return Optional.of(waiting.kill());
      }
    }
    return control.state().killed(subject);
  }

  /// Why the kill was given, "" where that was erased.
  public String reason(Kill kill) {
    for (Unwritten waiting : unwritten) {
      if (waiting.kill().id().equals(kill.id())) {
        return waiting.command().reason();
      }
    }
    // One that was cut before it was written names the text that was foreseen, not the one kept.
    State now = control.state();
    return now.text(now.kills().find(kill.id()).orElse(kill).reason()).orElse("");
  }

  /// Blocks, cuts, and then writes. It returns when the kill is in the ledger, or when it is clear
  /// that it cannot be written now.
  ///
  /// @throws ApiException FORBIDDEN, INVALID, NOT_FOUND or CONFLICT; nothing has happened then
  public Stopped kill(Command.Kill command, Actor actor) {
    Kills would = control.foresee(command, actor).kills();
    Kill kill =
        would
            .find(command.id())
            .or(() -> would.of(command.selector()))
            .orElseThrow(() -> new IllegalStateException("a kill came to nothing"));
    for (Unwritten earlier : unwritten()) {
      if (earlier.kill().selector().equals(kill.selector())) {
        return new Stopped(earlier.kill(), cutter.cut(earlier.kill()), earlier.trouble());
      }
    }
    Unwritten waiting = new Unwritten(kill, command, actor, "");
    add(waiting);
    int cut = cutter.cut(kill);
    String trouble = write(waiting);
    Kills now = control.state().kills();
    return new Stopped(
        now.find(kill.id()).or(() -> now.of(kill.selector())).orElse(kill), cut, trouble);
  }

  /// Lets the calls begin again, or proposes it where two people must want it.
  ///
  /// @throws ApiException as `Control.submit`, and STORAGE_FAILED while the kill is not written
  public Accepted restore(Command.Restore command, Actor actor) {
    for (Unwritten waiting : unwritten) {
      if (waiting.kill().id().equals(command.id()) && !waiting.trouble().isEmpty()) {
        throw new ApiException(
            ErrorCode.STORAGE_FAILED,
            "kill "
                + command.id()
                + " is not written to the ledger yet ("
                + waiting.trouble()
                + "); make room for the ledger, then restore it");
      }
    }
    return control.submit(command, actor);
  }

  /// The kill in force with the id.
  public Optional<Kill> find(String id) {
    for (Unwritten waiting : unwritten) {
      if (waiting.kill().id().equals(id)) {
        return Optional.of(waiting.kill());
      }
    }
    return control.state().kills().find(id);
  }

  /// Kills that block and could not be written yet.
  public List<Unwritten> unwritten() {
    return unwritten.stream().filter(waiting -> !waiting.trouble().isEmpty()).toList();
  }

  /// Ends the attempts to write; what is not written is lost with the process.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    for (Unwritten lost : unwritten()) {
      LOG.log(
          Level.ERROR,
          "kill {0} of {1} was never written to the ledger and ends with this process: {2}",
          lost.kill().id(),
          lost.kill().selector(),
          lost.trouble());
    }
  }

  /// Cuts what a kill means that came to control by another way.
  private void published(State state) {
    Kills now = state.kills();
    Kills before = seen;
    if (now.equals(before)) {
      return;
    }
    seen = now;
    for (Kill kill : now.all()) {
      if (before.find(kill.id()).isEmpty()) {
        cutter.cut(kill);
      }
    }
  }

  /// @return why it is not written, "" when it is
  private String write(Unwritten waiting) {
    try {
      control.submit(waiting.command(), waiting.actor());
      remove(waiting);
      return "";
    } catch (ApiException e) {
      if (refused(e)) {
        remove(waiting);
        throw e;
      }
      return keep(waiting, e);
    } catch (RuntimeException e) {
      return keep(waiting, e);
    }
  }

  private static boolean refused(ApiException e) {
    return e.code().kind() == ErrorCode.Kind.CLIENT || e.code().kind() == ErrorCode.Kind.DENIED;
  }

  private String keep(Unwritten waiting, RuntimeException reason) {
    String trouble = String.valueOf(reason.getMessage());
    LOG.log(
        Level.ERROR,
        "kill " + waiting.kill().id() + " blocks but is not written; it is tried again",
        reason);
    lock.lock();
    try {
      replace(waiting, waiting.because(trouble));
      if (writer == null && !closed) {
        writer = Thread.ofVirtual().name("kill-writer").start(this::writeWaiting);
      }
    } finally {
      lock.unlock();
    }
    return trouble;
  }

  private void writeWaiting() {
    while (pause()) {
      for (Unwritten waiting : unwritten()) {
        try {
          control.submit(waiting.command(), waiting.actor());
          remove(waiting);
          LOG.log(Level.INFO, "kill {0} is written now", waiting.kill().id());
        } catch (ApiException e) {
          if (refused(e)) {
            LOG.log(Level.ERROR, "kill " + waiting.kill().id() + " was refused", e);
            remove(waiting);
          }
        } catch (RuntimeException e) {
          LOG.log(Level.DEBUG, "kill " + waiting.kill().id() + " is not written yet", e);
        }
      }
    }
  }

  /// @return false when there is nothing left to write; the writer has ended then
  private boolean pause() {
    lock.lock();
    try {
      boolean more = waited() && !unwritten().isEmpty();
      if (!more) {
        writer = null;
      }
      return more;
    } finally {
      lock.unlock();
    }
  }

  private boolean waited() {
    try {
      long left = retryEvery.toNanos();
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void add(Unwritten waiting) {
    lock.lock();
    try {
      if (unwritten.size() >= UNWRITTEN_MAX && !waiting.kill().selector().everything()) {
        throw new ApiException(
            ErrorCode.LEDGER_BUSY,
            UNWRITTEN_MAX + " kills wait for the ledger already; kill what they have in common");
      }
      List<Unwritten> more = new ArrayList<>(unwritten);
      more.add(waiting);
      unwritten = List.copyOf(more);
    } finally {
      lock.unlock();
    }
  }

  private void replace(Unwritten before, Unwritten after) {
    List<Unwritten> changedList = new ArrayList<>(unwritten);
    changedList.replaceAll(one -> one.equals(before) ? after : one);
    unwritten = List.copyOf(changedList);
  }

  private void remove(Unwritten done) {
    lock.lock();
    try {
      List<Unwritten> fewer = new ArrayList<>(unwritten);
      fewer.removeIf(one -> one.command().equals(done.command()));
      unwritten = List.copyOf(fewer);
    } finally {
      lock.unlock();
    }
  }
}
