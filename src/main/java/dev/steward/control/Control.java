// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Scopes;
import dev.steward.control.command.Command;
import dev.steward.control.command.Decided;
import dev.steward.control.command.Decider;
import dev.steward.control.event.Envelope;
import dev.steward.control.gate.CarriedProofs;
import dev.steward.control.gate.CarriedProofs.UnprovenException;
import dev.steward.control.gate.ProofBook;
import dev.steward.control.gate.Proving;
import dev.steward.control.plan.Plan;
import dev.steward.control.shelf.PeopleDirectory;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.Fold;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Uninterrupted;
import dev.steward.ledger.Ledger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one place where something changes: a command comes in, events go to the ledger, and a new
/// State is published.
///
/// It must be the only writer of its ledger.
public final class Control implements AutoCloseable {
  /// The environment in which an applied version is in force at once.
  public static final String DEVELOPMENT = Scopes.DEVELOPMENT;

  private static final System.Logger LOG = System.getLogger(Control.class.getName());
  private static final int GROUP_MAX = 256;

  /// So often a command is decided anew because policies changed while something was proved.
  private static final int PROVED_AGAIN_MAX = 8;

  private final Ledger ledger;
  private final PeopleDirectory people;
  private final SnapshotStore snapshots;
  private final RandomGenerator random;
  private final ControlConfig config;
  private final ProofBook proofs;
  private final Replay replay;
  private final GroupCommit commit;
  private final BlockingQueue<Waiting> queue;
  private final Waiting end =
      new Waiting(new Command.ChangeSetting("", ""), Actor.SYSTEM, CarriedProofs.NONE);
  private final Object gate = new Object();
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private volatile State state;
  private volatile @Nullable RuntimeException broken;
  private volatile @Nullable Thread snapshot;
  private long snapshotSequence;
  private boolean closed;

  private Control(
      Ledger ledger,
      PeopleDirectory people,
      SnapshotStore snapshots,
      InstantSource clock,
      RandomGenerator random,
      ControlConfig config,
      Proving proving) {
    this.ledger = ledger;
    this.people = people;
    this.snapshots = snapshots;
    this.random = random;
    this.config = config;
    this.proofs = new ProofBook(proving);
    this.replay = new Replay(ledger, snapshots, new Shelf(ledger::blob, people));
    this.commit = new GroupCommit(ledger, people, clock, random);
    this.queue = new ArrayBlockingQueue<>(config.waitingCommandsMax());
    this.state = replay.at(ledger.size());
    this.snapshotSequence =
        snapshots.newest(ledger.size()).map(SnapshotStore.StoredSnapshot::sequence).orElse(0L);
    this.thread = Thread.ofPlatform().name("control").daemon(true).unstarted(this::run);
  }

  /// Folds the ledger and begins to take commands. The ledger, directory and snapshots stay the
  /// caller's to close, after this.
  public static Control open(
      Ledger ledger,
      PeopleDirectory people,
      SnapshotStore snapshots,
      InstantSource clock,
      RandomGenerator random,
      ControlConfig config) {
    return open(ledger, people, snapshots, clock, random, config, Proving.NOW);
  }

  /// @param proving finds out what must be proved before releases, on the threads that send
  ///   commands
  static Control open(
      Ledger ledger,
      PeopleDirectory people,
      SnapshotStore snapshots,
      InstantSource clock,
      RandomGenerator random,
      ControlConfig config,
      Proving proving) {
    Control control = new Control(ledger, people, snapshots, clock, random, config, proving);
    // A crash may have come between the event of an erasure and the erasure.
    control.state.erasedPeople().forEach(id -> people.erase(id, List.of()));
    control.thread.start();
    return control;
  }

  /// Carries out the command, and returns once it is durable and `state()` shows it. What must be
  /// proved for that is proved here, before it is decided, while other commands go on.
  ///
  /// @throws ApiException FORBIDDEN when the actor may not, INVALID, NOT_FOUND or CONFLICT with
  ///   every reason when it cannot be, LEDGER_BUSY, STORAGE_FAILED
  public Accepted submit(Command command, Actor actor) {
    CarriedProofs carried = CarriedProofs.NONE;
    for (int again = 0; again < PROVED_AGAIN_MAX; again++) {
      try {
        return decided(new Waiting(command, actor, carried));
      } catch (UnprovenException e) {
        carried = carried.with(e.questions(), proofs);
      }
    }
    throw new ApiException(
        ErrorCode.LEDGER_BUSY,
        "policies change faster than it is proved what they allow; try again in a minute");
  }

  private Accepted decided(Waiting waiting) {
    synchronized (gate) {
      if (closed) {
        throw new ApiException(ErrorCode.LEDGER_BUSY, "the server is stopping; try again later");
      }
      if (!queue.offer(waiting)) {
        throw new ApiException(
            ErrorCode.LEDGER_BUSY,
            config.waitingCommandsMax() + " commands wait already; try again in a second");
      }
    }
    return waiting.await();
  }

  /// What an apply or delete would change, or why it would be refused. Nothing is written.
  public Plan preview(Command command, Actor actor) {
    State now = state;
    return Decider.decide(now, command, actor, commit.now(now), random, proofs).plan();
  }

  /// The State as the command would leave it if it came next, and nobody else had to accept it.
  /// Nothing is written.
  ///
  /// @throws ApiException as `submit`, when the command would be refused
  public State foresee(Command command, Actor actor) {
    State now = state;
    Instant at = commit.now(now);
    Decided decided = Decider.foresee(now, command, actor, at, random, proofs);
    GroupCommit.refuse(decided.plan());
    Fold fold = new Fold(now);
    if (!decided.events().isEmpty()) {
      fold.add(new Envelope(at, actor, 0, decided.events()), decided.known());
    }
    return fold.state();
  }

  /// Tells each State that is published, on the thread that publishes and before whoever sent the
  /// command is told. A listener must be quick and is not told of what was before.
  public void listen(Consumer<State> listener) {
    listeners.add(listener);
  }

  /// What was proved for releases, and will be when it is asked for.
  public Proving proofs() {
    return proofs;
  }

  /// Why no command is carried out until the server is started again, empty when they are.
  public Optional<String> trouble() {
    RuntimeException reason = broken;
    return reason == null ? Optional.empty() : Optional.of(String.valueOf(reason.getMessage()));
  }

  /// The State now. Read it once a call, so that all answers are of the same moment.
  public State state() {
    return state;
  }

  /// The State after so many entries of the ledger.
  public State stateAt(long sequence) {
    State now = state;
    return sequence == now.sequence() ? now : replay.at(sequence);
  }

  /// The State as it was at the moment.
  public State stateAt(Instant moment) {
    return stateAt(replay.sequenceAt(moment));
  }

  /// Ends after what waits is done, and the snapshot that is being made.
  @Override
  public void close() {
    joinSnapshot();
    synchronized (gate) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.await(() -> {
        queue.put(end);
        thread.join();
      });
    }
    joinSnapshot();
  }

  private void joinSnapshot() {
    Thread running = snapshot;
    if (running != null) {
      try (Uninterrupted stretch = new Uninterrupted()) {
        stretch.join(running);
      }
    }
  }

  private void run() {
    while (true) {
      List<Waiting> group = new ArrayList<>();
      try {
        group.add(queue.take());
      } catch (InterruptedException _) {
        continue;
      }
      queue.drainTo(group, GROUP_MAX);
      boolean last = group.remove(end);
      if (!group.isEmpty()) {
        carryOut(group);
      }
      if (last) {
        return;
      }
    }
  }

  private void carryOut(List<Waiting> group) {
    RuntimeException reason = broken;
    if (reason != null) {
      group.forEach(waiting -> waiting.fail(reason));
      return;
    }
    try {
      GroupCommit.Committed committed = commit.commit(state, group);
      if (committed.failed() && ledger.size() != state.sequence()) {
        broken =
            new ApiException(
                ErrorCode.STORAGE_FAILED,
                "the control ledger and the server disagree since a failed write; restart it");
      }
      state = committed.state();
      tellListeners();
      erase(committed.erasures());
      committed.tell();
      keepSnapshot();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "control stopped taking commands", e);
      broken = new ApiException(ErrorCode.STORAGE_FAILED, "control stopped: " + e.getMessage(), e);
      group.forEach(waiting -> waiting.fail(e));
    }
  }

  private void tellListeners() {
    for (Consumer<State> listener : listeners) {
      try {
        listener.accept(state);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a listener failed at entry " + state.sequence(), e);
      }
    }
  }

  private void erase(List<Decided.Erasure> erasures) {
    for (Decided.Erasure erasure : erasures) {
      people.erase(erasure.subject(), erasure.words());
    }
  }

  private void keepSnapshot() {
    State now = state;
    Thread running = snapshot;
    if (now.sequence() - snapshotSequence < config.snapshotEntries()
        || (running != null && running.isAlive())) {
      return;
    }
    snapshotSequence = now.sequence();
    snapshot = Thread.ofVirtual().name("control-snapshot").start(() -> keepSnapshot(now));
  }

  private void keepSnapshot(State now) {
    try {
      byte[] bytes = SnapshotCodec.write(now);
      snapshots.keep(now.sequence(), bytes);
      submit(new Command.RecordSnapshot(now.sequence(), Digest.of(bytes)), Actor.SYSTEM);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "no snapshot of State at " + now.sequence(), e);
    }
  }
}
