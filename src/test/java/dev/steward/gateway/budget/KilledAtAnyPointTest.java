// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.budget.BudgetLog;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.domain.Subject;
import dev.steward.store.file.FileBudgetLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What kill -9 leaves at every step: the files are copied before and after each write and between
/// any two calls, and each copy is started again.
class KilledAtAnyPointTest {
  private static final Subject WHO = BudgetFixture.agent("refunds", "support", "run-1");
  private static final String BOOT = "boot";

  @TempDir Path folder;
  private final List<Copy> copies = new ArrayList<>();
  private BigDecimal settled = BigDecimal.ZERO;
  private BigDecimal inFlight = BigDecimal.ZERO;

  /// The files at one moment.
  ///
  /// @param least what must have been used by then
  /// @param most what can have been used by then
  private record Copy(Path files, BigDecimal least, BigDecimal most) {}

  @Test
  void settledSpendIsNeverForgottenAndTheLimitHoldsAfterwards() throws IOException {
    Path live = Files.createDirectory(folder.resolve("live"));
    try (ControlFixture control = new ControlFixture(live)) {
      control.apply(BudgetFixture.budget("all", "window: day, limit: {cost: 1}"));
      control.apply(BudgetFixture.budget("runs", "window: run, limit: {cost: 1}"));
      BudgetLog log = new CopyingLog(FileBudgetLog.open(live, BOOT), live);
      try (Budgets budgets =
          Budgets.open(control.control(), "node", log, () -> ControlFixture.START, _ -> {})) {
        for (int i = 0; i < 8; i++) {
          call(budgets, live, "0.05", i % 4 == 3 ? "" : "0.03");
        }
        budgets.compact();
        copy(live);
        call(budgets, live, "0.9", "0.2");
        copy(live);
      }
    }
    assertThat(copies).hasSizeGreaterThan(40);
    for (Copy copy : copies) {
      check(copy);
    }
  }

  /// @param used "" for a call that never ends
  private void call(Budgets budgets, Path live, String most, String used) {
    BigDecimal before = inFlight;
    inFlight = before.add(new BigDecimal(most));
    Held held = (Held) budgets.reserve(WHO, BudgetFixture.usd(most));
    inFlight = before.add(held.worst().amount("USD").orElseThrow());
    copy(live);
    if (!used.isEmpty()) {
      BigDecimal least = settled;
      held.settle(BudgetFixture.cost(used));
      settled = least.add(new BigDecimal(used));
      inFlight = before;
      copy(live);
    }
  }

  private void copy(Path live) {
    Path target = folder.resolve("copy-" + copies.size());
    try {
      Files.createDirectory(target);
      try (Stream<Path> files = Files.list(live)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    copies.add(new Copy(target, settled, settled.add(inFlight)));
  }

  private static void check(Copy copy) {
    try (ControlFixture control = new ControlFixture(copy.files());
        Budgets budgets =
            Budgets.open(
                control.control(),
                "node",
                FileBudgetLog.open(copy.files(), BOOT),
                () -> ControlFixture.START,
                _ -> {})) {
      for (Use use : budgets.now()) {
        assertThat(use.used()).as("%s of %s", use.key(), copy).isBetween(copy.least(), copy.most());
      }
      BigDecimal more = BigDecimal.ZERO;
      while (budgets.reserve(WHO, BudgetFixture.usd("0.07")) instanceof Held held) {
        more = more.add(held.worst().amount("USD").orElseThrow());
      }
      assertThat(copy.least().add(more)).isLessThanOrEqualTo(BigDecimal.ONE);
    }
  }

  /// Copies the files around each of its writes.
  private final class CopyingLog implements BudgetLog {
    private final FileBudgetLog log;
    private final Path live;

    CopyingLog(FileBudgetLog log, Path live) {
      this.log = log;
      this.live = live;
    }

    @Override
    public Past past() {
      return log.past();
    }

    @Override
    public void append(byte[] record) {
      copy(live);
      log.append(record);
      copy(live);
    }

    @Override
    public void sync() {
      log.sync();
    }

    @Override
    public void replace(List<byte[]> records) {
      copy(live);
      log.replace(records);
      copy(live);
    }

    @Override
    public long bytes() {
      return log.bytes();
    }

    @Override
    public void close() {
      log.close();
    }
  }
}
