// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.budget.BudgetLog.Past;
import dev.steward.domain.ApiException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBudgetLogTest {
  @TempDir Path folder;

  @Test
  void aLogThatWasNeverThereIsNotWhole() {
    try (FileBudgetLog log = FileBudgetLog.open(folder, "a")) {
      assertThat(log.past().whole()).isFalse();
      assertThat(log.past().records()).isEmpty();
    }
  }

  @Test
  void afterAKillAllRecordsAreThereOnTheSameBoot() {
    written("one", "two").abandon();
    assertThat(past("a").whole()).isTrue();
    assertThat(texts(past("a"))).containsExactly("one", "two");
  }

  @Test
  void afterAnotherBootSomethingMayBeMissingUnlessItWasClosed() {
    written("one").abandon();
    assertThat(past("b").whole()).isFalse();
    written("one").close();
    assertThat(past("b").whole()).isTrue();
  }

  @Test
  void aBootWithoutANameIsNeverTheSame() {
    try (FileBudgetLog log = FileBudgetLog.open(folder, "")) {
      log.replace(List.of());
      log.abandon();
    }
    assertThat(past("").whole()).isFalse();
  }

  @Test
  void whatWasDoubtfulStaysSoUntilItIsReplaced() {
    written("one").abandon();
    FileBudgetLog doubtful = FileBudgetLog.open(folder, "b");
    doubtful.append(bytes("two"));
    doubtful.abandon();
    assertThat(past("b").whole()).isFalse();
    FileBudgetLog replaced = FileBudgetLog.open(folder, "b");
    replaced.replace(List.of(bytes("three")));
    replaced.abandon();
    assertThat(past("b").whole()).isTrue();
    assertThat(texts(past("b"))).containsExactly("three");
  }

  @Test
  void aTornTailIsCutOffAndToldOf() throws IOException {
    FileBudgetLog log = written("one", "two");
    log.abandon();
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
      file.setLength(file.length() - 2);
    }
    assertThat(past("a").whole()).isFalse();
    assertThat(texts(past("a"))).containsExactly("one");
  }

  @Test
  void damageInTheMiddleLosesOneRecordAndIsToldOf() throws IOException {
    written("one", "two", "three").abandon();
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
      file.seek(BudgetLogHeader.BYTES + FrameHead.BYTES + 3L + FrameHead.BYTES);
      file.write('x');
    }
    assertThat(past("a").whole()).isFalse();
    assertThat(texts(past("a"))).containsExactly("one", "three");
  }

  @Test
  void anInterruptDoesNotCloseTheFile() {
    try (FileBudgetLog log = written()) {
      Thread.currentThread().interrupt();
      log.append(bytes("one"));
      assertThat(Thread.interrupted()).isTrue();
      log.append(bytes("two"));
      log.sync();
    }
    assertThat(texts(past("a"))).containsExactly("one", "two");
  }

  @Test
  void oneProcessHasItOpen() {
    try (FileBudgetLog log = written("one")) {
      assertThat(log.bytes()).isPositive();
      assertThatThrownBy(() -> FileBudgetLog.open(folder, "a"))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("in use by another server");
    }
  }

  private FileBudgetLog written(String... records) {
    FileBudgetLog log = FileBudgetLog.open(folder, "a");
    log.replace(List.of());
    for (String record : records) {
      log.append(bytes(record));
    }
    return log;
  }

  private Past past(String boot) {
    FileBudgetLog log = FileBudgetLog.open(folder, boot);
    log.abandon();
    return log.past();
  }

  private Path file() {
    assertThat(Files.exists(folder.resolve("budgets.log"))).isTrue();
    return folder.resolve("budgets.log");
  }

  private static List<String> texts(Past past) {
    return past.records().stream().map(r -> new String(r, StandardCharsets.UTF_8)).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
