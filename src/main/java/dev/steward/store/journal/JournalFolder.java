// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.file.FrameCursor;
import dev.steward.trace.JournalPosition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a start finds in the journal's folder: the segments of the life before, with a torn tail
/// cut off.
final class JournalFolder {
  private static final String UNPUBLISHED = ".new";

  private JournalFolder() {}

  /// Where a segment is written until it has its header.
  static Path unpublished(Path file) {
    return file.resolveSibling(file.getFileName() + UNPUBLISHED);
  }

  /// Finds all segments; the last is cut behind its last sound record.
  static void read(Path folder, Segments segments) throws IOException {
    List<Path> files = segmentFiles(folder);
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      boolean last = i == files.size() - 1;
      Optional<SegmentHeader> header = sound(file);
      if (header.isEmpty() && last) {
        throw new ApiException(
            ErrorCode.STORAGE_FAILED,
            "the header of "
                + file
                + " is damaged and acknowledged spans may be in it: restore the folder from a"
                + " backup, or move this file away to go on without them");
      }
      if (header.isPresent()) {
        Segment segment = new Segment(file, header.get());
        Optional<SegmentHeader> next = last ? Optional.empty() : sound(files.get(i + 1));
        segments.begin(segment, end(segment, next, last));
      }
    }
  }

  private static JournalPosition end(Segment segment, Optional<SegmentHeader> next, boolean last)
      throws IOException {
    if (next.isPresent() && next.get().number() == segment.number() + 1) {
      SegmentHeader seal = next.get();
      return new JournalPosition(segment.number(), seal.previousEnd(), seal.spans());
    }
    JournalPosition end = lastSound(segment);
    if (last) {
      cutAndSync(segment.file(), end.offset());
    }
    return end;
  }

  /// Also where nothing is cut: a killed process may have left sound records that only the system's
  /// memory holds, and what a reader sees must be on the medium.
  private static void cutAndSync(Path file, long size) throws IOException {
    try (FileChannel tail = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (size < tail.size()) {
        tail.truncate(size);
      }
      tail.force(true);
    }
  }

  /// Behind the last sound record, whatever lies before it.
  private static JournalPosition lastSound(Segment segment) throws IOException {
    JournalPosition end = segment.start();
    long limit = Files.size(segment.file());
    try (FrameCursor frames =
        new FrameCursor(segment.file(), segment.header().salt(), SegmentHeader.BYTES)) {
      long at = end.offset();
      while (at < limit) {
        at =
            switch (frames.next(limit)) {
              case FrameCursor.Step.Frame(_, long spans, long frameEnd) -> {
                end = new JournalPosition(segment.number(), frameEnd, spans);
                yield frameEnd;
              }
              case FrameCursor.Step.Hole hole -> hole.end();
              case FrameCursor.Step.Rest rest -> rest.end();
            };
      }
    }
    return end;
  }

  private static Optional<SegmentHeader> sound(Path file) throws IOException {
    return SegmentHeader.read(file).filter(h -> h.number() == Segment.numberOf(file));
  }

  private static List<Path> segmentFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      for (Path file : all) {
        if (file.toString().endsWith(UNPUBLISHED)) {
          Files.delete(file);
        }
      }
      return all.stream().filter(file -> Segment.numberOf(file) >= 0).toList();
    }
  }
}
