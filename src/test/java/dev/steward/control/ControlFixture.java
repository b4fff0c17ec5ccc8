// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.gate.Proving;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.State;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerConfig;
import dev.steward.ledger.note.SigningKey;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// A Control over a real ledger on a clock that ticks a second each time it is read.
public final class ControlFixture implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private static final SigningKey KEY = SigningKey.generate("steward.test/control", secure());

  public final InMemoryPeople people = new InMemoryPeople();
  public final InMemorySnapshots snapshots = new InMemorySnapshots();
  public final SqliteLedgerStore store;
  public final Ledger ledger;

  private final AtomicLong seconds = new AtomicLong();
  private final ControlConfig config;
  private final Proving proving;
  private Control control;

  public ControlFixture(Path folder) {
    this(folder, ControlConfig.DEFAULT);
  }

  public ControlFixture(Path folder, ControlConfig config) {
    this(folder, config, Proving.NOW);
  }

  ControlFixture(Path folder, ControlConfig config, Proving proving) {
    this.config = config;
    this.proving = proving;
    this.store = SqliteLedgerStore.open(folder.resolve("control.db"));
    InstantSource clock = this::now;
    this.ledger = Ledger.open(store, KEY, clock, LedgerConfig.DEFAULT);
    this.control = open();
  }

  public Control control() {
    return control;
  }

  public State state() {
    return control.state();
  }

  /// Lets time pass.
  public void pass(Duration time) {
    seconds.addAndGet(time.toSeconds());
  }

  public Instant now() {
    return START.plusSeconds(seconds.getAndIncrement());
  }

  /// Closes Control and opens it again, as a restart does.
  public Control restart() {
    control.close();
    control = open();
    return control;
  }

  /// The State folded from the first entry, without a snapshot.
  public State replayed(long sequence) {
    return new Replay(ledger, new InMemorySnapshots(), new Shelf(ledger::blob, people))
        .at(sequence);
  }

  public Accepted submit(Command command) {
    return control.submit(command, Actor.SYSTEM);
  }

  public Accepted apply(String yaml) {
    return submit(new Command.ApplyResources(read(yaml).declarations()));
  }

  public static Manifest read(String yaml) {
    Manifest manifest = Manifests.read(List.of(new ManifestFile("test.yaml", yaml)));
    if (!manifest.problems().isEmpty()) {
      throw new AssertionError(manifest.problems().toString());
    }
    return manifest;
  }

  @Override
  public void close() {
    control.close();
    ledger.close();
    store.close();
  }

  private Control open() {
    return Control.open(ledger, people, snapshots, this::now, new Random(42), config, proving);
  }

  private static SecureRandom secure() {
    return new SecureRandom();
  }
}
