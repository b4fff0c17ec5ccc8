// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.trace.DeadLetter;
import dev.steward.trace.ingest.IngestCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The invariant `CountsAddUp`: whatever fails, restarts, repeats or cannot be read, every accepted
/// span is loaded, waiting, a duplicate or in a dead letter, at every moment, and loaded once.
class CountsAddUpPropertyTest {

  @Property(tries = 100)
  void countsAddUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps)
      throws Exception {
    Path folder = Files.createTempDirectory("counts");
    try {
      new Story(folder, seed).play(steps);
    } finally {
      delete(folder);
    }
  }

  /// One random life of an ingest.
  private static final class Story {
    private final Path folder;
    private final Random random;
    private final FakeSpanStore store = new FakeSpanStore();
    private final LineReading reading = new LineReading();
    private final Set<Long> sent = new HashSet<>();
    private Station station;
    private long accepted;

    Story(Path folder, long seed) {
      this.folder = folder;
      this.random = new Random(seed);
      this.station = Station.open(folder, store, reading, Station.QUICK);
    }

    void play(int steps) throws InterruptedException {
      AtomicBoolean over = new AtomicBoolean();
      AtomicBoolean wrong = new AtomicBoolean();
      Thread watcher = Thread.ofPlatform().start(() -> watch(over, wrong));
      try {
        for (int i = 0; i < steps; i++) {
          step();
          assertThat(station.ingest.counts().accepted()).isEqualTo(accepted);
        }
        end();
      } finally {
        over.set(true);
        watcher.join();
        station.close();
      }
      assertThat(wrong).as("counts did not add up at some moment").isFalse();
    }

    private void watch(AtomicBoolean over, AtomicBoolean wrong) {
      while (!over.get()) {
        if (!station.ingest.counts().addUp()) {
          wrong.set(true);
        }
        LockSupport.parkNanos(100_000);
      }
    }

    private void step() {
      switch (random.nextInt(10)) {
        case 0 -> store.fail(FakeSpanStore.Fault.FAIL_BEFORE_COMMIT, random.nextInt(4));
        case 1 -> store.fail(FakeSpanStore.Fault.FAIL_AFTER_COMMIT, random.nextInt(4));
        case 2 -> {
          station.close();
          station = Station.open(folder, store, reading, Station.QUICK);
        }
        case 3 -> oneLetter().ifPresent(this::retry);
        case 4 -> oneLetter().ifPresent(id -> station.loader.deadLetters().drop(Set.of(id)));
        default -> accept();
      }
    }

    private void accept() {
      String[] lines = new String[1 + random.nextInt(30)];
      for (int i = 0; i < lines.length; i++) {
        long number = random.nextInt(400);
        sent.add(number);
        lines[i] = number + " " + name();
      }
      station.accept(lines);
      accepted += lines.length;
    }

    private String name() {
      return switch (random.nextInt(40)) {
        case 0 -> LineReading.UNREADABLE;
        case 1 -> random.nextInt(5) == 0 ? LineReading.THROWS : "plan";
        case 2 -> random.nextInt(5) == 0 ? LineReading.LOST : "plan";
        case 3 -> random.nextInt(5) == 0 ? FakeSpanStore.BAD_ROW : "plan";
        default -> "plan";
      };
    }

    private java.util.Optional<String> oneLetter() {
      List<DeadLetter> letters = store.deadLetters(20);
      return letters.isEmpty()
          ? java.util.Optional.empty()
          : java.util.Optional.of(letters.get(random.nextInt(letters.size())).id());
    }

    private void retry(String id) {
      try {
        station.loader.deadLetters().retry(id);
      } catch (RuntimeException e) {
        assertThat(e).as("a refused retry leaves the letter").isNotNull();
      }
    }

    private void end() {
      store.fail(FakeSpanStore.Fault.NONE, 0);
      station.settle();
      IngestCounts counts = station.ingest.counts();
      assertThat(counts.waiting()).isZero();
      assertThat(counts.accepted()).isEqualTo(accepted);
      assertThat(counts.addUp()).as("%s", counts).isTrue();
      assertThat(counts.loaded()).isEqualTo(store.inserts().size());
      assertThat(store.inserts().values()).allMatch(times -> times == 1);
      assertThat(store.inserts().keySet()).isSubsetOf(sent.stream().map(LineReading::key).toList());
      retryAll(counts);
    }

    /// Once the cause is gone every letter can be loaded, and nothing that was sent is missing
    /// except what was dropped.
    private void retryAll(IngestCounts before) {
      reading.cure();
      store.keepBadRows();
      long inLetters = 0;
      for (DeadLetter letter : store.deadLetters(Integer.MAX_VALUE)) {
        inLetters += letter.spans();
        station.loader.deadLetters().retry(letter.id());
      }
      IngestCounts after = station.ingest.counts();
      assertThat(after.addUp()).as("%s", after).isTrue();
      assertThat(after.deadLetters()).isEqualTo(before.deadLetters() - inLetters);
      assertThat(after.loaded() + after.duplicates())
          .isEqualTo(before.loaded() + before.duplicates() + inLetters);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
