// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import static dev.steward.ledger.LedgerFolder.SIGN_AT_ONCE;
import static dev.steward.ledger.LedgerFolder.SIGN_SELDOM;
import static dev.steward.ledger.LedgerFolder.entries;
import static dev.steward.ledger.LedgerFolder.entry;
import static dev.steward.ledger.LedgerFolder.entryWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.merkle.MerkleHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir private Path path;
  private LedgerFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new LedgerFolder(path);
  }

  @Test
  void aReceiptIsTheIndexAndTheLeafHash() {
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      Receipt first = ledger.append(entry(0));
      List<Receipt> next = ledger.append(entries(1, 2));

      assertThat(first.index()).isZero();
      assertThat(first.leafHash().bytes()).isEqualTo(MerkleHash.leaf(entry(0).data()));
      assertThat(next).extracting(Receipt::index).containsExactly(1L, 2L);
      assertThat(ledger.size()).isEqualTo(3);
      assertThat(ledger.entry(1)).isEqualTo(entry(1).data());
      assertThat(ledger.append(List.of())).isEmpty();
      assertThatThrownBy(() -> ledger.entry(3)).satisfies(code(ErrorCode.NOT_FOUND));
    }
  }

  @Test
  void appendsOfManyThreadsEachGetTheirOwnPlaceAndListsStayTogether() throws Exception {
    List<Future<List<Receipt>>> appends = new ArrayList<>();
    try (Ledger ledger = folder.open(SIGN_AT_ONCE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        int from = i * 7;
        appends.add(threads.submit(() -> ledger.append(entries(from, 7))));
      }
      List<Long> indexes = new ArrayList<>();
      for (int i = 0; i < appends.size(); i++) {
        List<Receipt> receipts = appends.get(i).get();
        for (int k = 0; k < 7; k++) {
          assertThat(receipts.get(k).index()).isEqualTo(receipts.getFirst().index() + k);
          assertThat(ledger.entry(receipts.get(k).index())).isEqualTo(entry(i * 7 + k).data());
          indexes.add(receipts.get(k).index());
        }
      }
      Collections.sort(indexes);
      assertThat(indexes).hasSize(1400).doesNotHaveDuplicates().endsWith(1399L);
      assertThat(ledger.size()).isEqualTo(1400);
    }
  }

  @Test
  void goesOnWhereItStopped() {
    Digest root;
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      ledger.append(entries(0, 300));
    }
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      assertThat(ledger.size()).isEqualTo(300);
      assertThat(ledger.checkpoint().size()).as("a clean stop signs").isEqualTo(300);
      assertThat(ledger.append(entries(300, 300)).getFirst().index()).isEqualTo(300);
    }
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      root = ledger.checkpoint().root();
      assertThat(ledger.read(0, 1000)).hasSize(600);
      assertThat(ledger.read(599, 10)).containsExactly(entry(599).data());
      assertThat(ledger.read(600, 10)).isEmpty();
    }
    LedgerFolder atOnce = new LedgerFolder(path.resolve("other"));
    try (Ledger ledger = atOnce.open(SIGN_SELDOM)) {
      ledger.append(entries(0, 600));
    }
    try (Ledger ledger = atOnce.open(SIGN_SELDOM)) {
      assertThat(ledger.checkpoint().root()).isEqualTo(root);
    }
  }

  @Test
  void bodiesAreKeptOnceBesideTheEntriesThatNameThem() {
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      ledger.append(entryWith("a prompt", "a schema", "a prompt"));
      ledger.append(entryWith("a prompt"));

      assertThat(ledger.blob(Digest.of("a prompt")))
          .contains("a prompt".getBytes(StandardCharsets.UTF_8));
      assertThat(ledger.blob(Digest.of("unknown"))).isEmpty();
      Entry unnamed = new Entry(new byte[] {1}, List.of(new byte[] {2}));
      assertThatThrownBy(() -> ledger.append(unnamed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not name");
      assertThat(ledger.size()).isEqualTo(2);
    }
  }

  @Test
  void whatIsTooLargeIsRefusedAndNothingOfItsList() {
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      ledger.append(Entry.of(new byte[65_535]));
      Entry tooLong = Entry.of(new byte[65_536]);
      assertThatThrownBy(() -> ledger.append(List.of(entry(0), tooLong)))
          .satisfies(code(ErrorCode.TOO_LARGE));
      Entry largeBody = entryWith("x".repeat((1 << 20) + 1));
      assertThatThrownBy(() -> ledger.append(largeBody)).satisfies(code(ErrorCode.TOO_LARGE));
      assertThat(ledger.size()).isEqualTo(1);
    }
  }

  @Test
  void aFullQueueIsBusy() throws Exception {
    LedgerConfig narrow = new LedgerConfig(1, 1 << 20, 16, 1 << 20, Duration.ofDays(1));
    try (Ledger ledger = folder.open(narrow);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Receipt>> appends = new ArrayList<>();
      try (var connection = folder.connect();
          var statement = connection.createStatement()) {
        statement.execute("begin immediate");
        for (int i = 0; i < 3; i++) {
          int number = i;
          appends.add(threads.submit(() -> ledger.append(entry(number))));
        }
        while (appends.stream().noneMatch(Future::isDone)) {
          Thread.onSpinWait();
        }
        statement.execute("rollback");
      }
      int written = 0;
      for (Future<Receipt> append : appends) {
        try {
          append.get();
          written++;
        } catch (ExecutionException e) {
          assertThat(e.getCause()).satisfies(code(ErrorCode.LEDGER_BUSY));
        }
      }
      assertThat(written).isBetween(1, 2);
      assertThat(ledger.size()).isEqualTo(written);
    }
  }

  @Test
  void anInterruptDoesNotCutAnAppendShort() {
    try (Ledger ledger = folder.open(SIGN_SELDOM)) {
      Thread.currentThread().interrupt();
      Receipt receipt = ledger.append(entry(0));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(receipt.index()).isZero();
    }
  }

  @Test
  void aClosedLedgerTakesNothing() {
    Ledger ledger = folder.open(SIGN_SELDOM);
    ledger.close();

    assertThatThrownBy(() -> ledger.append(entry(0))).satisfies(code(ErrorCode.LEDGER_BUSY));
  }

  static ThrowingConsumer<Throwable> code(ErrorCode code) {
    return failure ->
        assertThat(failure)
            .isInstanceOfSatisfying(
                ApiException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
