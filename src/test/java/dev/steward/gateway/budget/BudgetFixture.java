// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.ControlFixture;
import dev.steward.control.budget.BudgetLog;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.command.Command;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import dev.steward.domain.Usage;
import dev.steward.gateway.estimate.Ceiling;
import dev.steward.gateway.estimate.WorstCase;
import dev.steward.gateway.window.Actual;
import dev.steward.store.file.FileBudgetLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Budgets over a real Control and a real log, on a clock that stands until it is moved; they can
/// crash at any moment.
final class BudgetFixture implements AutoCloseable {
  static final String NODE = "node-a";

  final ControlFixture control;
  final List<BudgetNotice> notices = new ArrayList<>();
  private final Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(ControlFixture.START);
  private int life;
  private int boot;
  private long syncedBytes;
  private BudgetLog log;
  private Budgets budgets;

  BudgetFixture(Path folder, String... manifests) {
    this.folder = folder;
    this.control = new ControlFixture(folder);
    for (String manifest : manifests) {
      control.apply(manifest);
    }
    this.log = FileBudgetLog.open(life(), "boot-" + boot);
    this.budgets = open();
  }

  /// A budget of everything, in its shortest form.
  static String budget(String name, String spec) {
    return "apiVersion: steward/v1\nkind: Budget\nmetadata: {name: "
        + name
        + "}\nspec: {"
        + spec
        + "}\n";
  }

  static Subject agent(String name, String team, String run) {
    return new Subject(
        name, "", "production", "", run, "", "", Map.of("team", team), "openai", "gpt-x", "");
  }

  /// A call that costs at most so much, all of it for its answer: a token costs a micro-dollar.
  static WorstCase usd(String amount) {
    long tokens = new BigDecimal(amount).movePointRight(6).longValueExact();
    return new WorstCase(
        0, tokens, new Ceiling("USD", BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO));
  }

  static WorstCase unpriced(long tokens) {
    return new WorstCase(0, tokens, 1, Optional.empty(), Optional.empty());
  }

  static Actual cost(String amount) {
    BigDecimal usd = new BigDecimal(amount);
    return new Actual(
        Usage.of(0, usd.movePointRight(6).longValue()),
        new Cost.Known(usd, "USD", Cost.Source.PRICED, ""));
  }

  Budgets budgets() {
    return budgets;
  }

  Held hold(Subject who, WorstCase worst) {
    return (Held) budgets.reserve(who, worst);
  }

  Reservation.Exhausted refuse(Subject who, WorstCase worst) {
    return (Reservation.Exhausted) budgets.reserve(who, worst);
  }

  Use use(String budget) {
    return budgets.now().stream()
        .filter(use -> use.key().budget().equals(budget))
        .findFirst()
        .orElseThrow();
  }

  BigDecimal used(WindowKey key) {
    return budgets.now().stream()
        .filter(use -> use.key().equals(key))
        .map(Use::used)
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  BigDecimal lent(WindowKey key) {
    return control.state().budgets().window(key).share(NODE).lent();
  }

  void topUp(String budget, String run, String amount) {
    control.submit(
        new Command.TopUpBudget(budget, run, new BigDecimal(amount), "more is needed today"));
  }

  Instant now() {
    return now.get();
  }

  void pass(Duration time) {
    now.updateAndGet(moment -> moment.plus(time));
  }

  void sync() {
    log.sync();
    syncedBytes = log.bytes();
  }

  /// What kill -9 does: all that was written is there.
  void crash() {
    reopen(log.bytes());
  }

  /// What a power failure does: of what was not synced, some is there.
  ///
  /// @param share of it, 0 to 1
  void losePower(double share) {
    long kept = syncedBytes + Math.round((log.bytes() - syncedBytes) * share);
    boot++;
    reopen(kept);
  }

  /// A stop in good order, with calls perhaps still in flight, and a new start of the machine.
  void restart() {
    budgets.close();
    boot++;
    reopen(logFile().toFile().length());
  }

  private void reopen(long bytes) {
    Path before = logFile();
    life++;
    try {
      Files.createDirectories(life());
      Files.copy(before, logFile());
      try (RandomAccessFile file = new RandomAccessFile(logFile().toFile(), "rw")) {
        file.setLength(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    log = FileBudgetLog.open(life(), "boot-" + boot);
    budgets = open();
  }

  private Budgets open() {
    Budgets opened = Budgets.open(control.control(), NODE, log, now::get, notices::add);
    syncedBytes = log.bytes();
    return opened;
  }

  Path logFile() {
    return life().resolve("budgets.log");
  }

  private Path life() {
    return folder.resolve("life-" + life);
  }

  @Override
  public void close() {
    budgets.close();
    control.close();
  }
}
