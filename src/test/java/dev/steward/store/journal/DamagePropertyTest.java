// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.file.Disk;
import dev.steward.trace.JournalPosition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Torn tails and damaged bytes, wherever they are.
class DamagePropertyTest {
  private static final int RECORDS = 4;
  private static final int SPANS = 5;

  @Property(tries = 1)
  void aTailTornAtAnyByteOfTheLastRecordIsCutAndNothingElse() throws IOException {
    inFolder(folder -> {
      List<JournalPosition> ends = write(folder, false);
      Path segment = Segment.file(folder, 0);
      byte[] whole = Files.readAllBytes(segment);
      long last = ends.get(RECORDS - 2).offset();
      for (int length = (int) last; length < whole.length; length++) {
        deleteSegments(folder);
        Files.write(segment, java.util.Arrays.copyOf(whole, length));
        try (FileJournal journal = open(folder)) {
          assertThat(Records.texts(journal, JournalPosition.START))
              .as("cut at byte %s", length)
              .hasSize(RECORDS - 1);
          assertThat(Records.damagedSpans(journal, JournalPosition.START)).isZero();
          assertThat(journal.end().spans()).isEqualTo((RECORDS - 1) * (long) SPANS);
          journal.append(Records.of(1, "after"));
          assertThat(Records.texts(journal, JournalPosition.START)).hasSize(RECORDS);
        }
      }
    });
  }

  @Property(tries = 60)
  void aGarbageTailIsCut(@ForAll @IntRange(min = 1, max = 3_000) int length, @ForAll long seed)
      throws IOException {
    inFolder(folder -> {
      write(folder, false);
      byte[] garbage = new byte[length];
      new Random(seed).nextBytes(garbage);
      try (RandomAccessFile file = new RandomAccessFile(Segment.file(folder, 0).toFile(), "rw")) {
        file.seek(file.length());
        file.write(garbage);
      }
      try (FileJournal journal = open(folder)) {
        assertThat(Records.texts(journal, JournalPosition.START)).hasSize(RECORDS);
        assertThat(Records.damagedSpans(journal, JournalPosition.START)).isZero();
      }
    });
  }

  @Property(tries = 100)
  void aFlippedByteInASealedSegmentCostsOneRecordWhichIsCounted(
      @ForAll @IntRange(min = 0, max = 100_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    inFolder(folder -> {
      List<JournalPosition> ends = write(folder, true);
      int body = (int) (ends.getLast().offset() - SegmentHeader.BYTES);
      flip(Segment.file(folder, 0), SegmentHeader.BYTES + place % body, flip);
      try (FileJournal journal = open(folder)) {
        assertThat(Records.texts(journal, JournalPosition.START)).hasSize(RECORDS - 1 + 1);
        assertThat(Records.damagedSpans(journal, JournalPosition.START)).isEqualTo(SPANS);
        assertThat(journal.end().spans()).isEqualTo(RECORDS * SPANS + 1L);
      }
    });
  }

  @Property(tries = 40)
  void aFlippedByteInASealedHeaderCostsTheSegmentWhichIsCounted(
      @ForAll @IntRange(min = 0, max = 43) int place,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    inFolder(folder -> {
      write(folder, true);
      flip(Segment.file(folder, 0), place, flip);
      try (FileJournal journal = open(folder)) {
        assertThat(Records.texts(journal, JournalPosition.START)).containsExactly("sealing");
        assertThat(Records.damagedSpans(journal, JournalPosition.START)).isEqualTo(RECORDS * SPANS);
      }
    });
  }

  @Property(tries = 20)
  void aRecordDamagedBeforeSoundOnesOfTheLastSegmentIsCounted(
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws IOException {
    inFolder(folder -> {
      List<JournalPosition> ends = write(folder, false);
      int body = (int) (ends.get(RECORDS - 2).offset() - SegmentHeader.BYTES);
      flip(Segment.file(folder, 0), SegmentHeader.BYTES + place % body, flip);
      try (FileJournal journal = open(folder)) {
        assertThat(Records.texts(journal, JournalPosition.START)).hasSize(RECORDS - 1);
        assertThat(Records.damagedSpans(journal, JournalPosition.START)).isEqualTo(SPANS);
        assertThat(journal.end().spans()).isEqualTo(RECORDS * (long) SPANS);
      }
    });
  }

  /// Writes records into segment 0; sealed ones are followed by a segment with one span.
  private static List<JournalPosition> write(Path folder, boolean sealed) {
    List<JournalPosition> ends = new ArrayList<>();
    try (FileJournal journal = open(folder)) {
      for (int i = 0; i < RECORDS; i++) {
        ends.add(journal.append(Records.of(SPANS, "record " + i + " ".repeat(40))));
      }
    }
    if (sealed) {
      try (FileJournal journal = open(folder)) {
        journal.append(Records.of(1, "sealing"));
      }
    }
    return ends;
  }

  private static FileJournal open(Path folder) {
    return FileJournal.open(folder, JournalConfig.DEFAULT, Disk.REAL, new Random(7));
  }

  private static void flip(Path file, long place, int bits) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(place);
      int old = bytes.read();
      bytes.seek(place);
      bytes.write(old ^ bits);
    }
  }

  private static void deleteSegments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> Segment.numberOf(each) >= 0).toList()) {
        Files.delete(file);
      }
    }
  }

  private interface Body {
    void run(Path folder) throws IOException;
  }

  private static void inFolder(Body body) throws IOException {
    Path folder = Files.createTempDirectory("journal");
    try {
      body.run(folder);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
