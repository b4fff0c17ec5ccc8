// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.control.event.EnvelopeCodec;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.insight.means.Condition;
import dev.steward.ledger.Ledger;
import dev.steward.server.history.History;
import dev.steward.server.history.HistoryStatus;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestCounts;
import dev.steward.trace.ingest.IngestStatus;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How this server is doing, asked of its parts.
public final class ServerCondition implements Supplier<Condition> {
  private static final System.Logger LOG = System.getLogger(ServerCondition.class.getName());

  private final Ingest ingest;
  private final History history;
  private final Ledger ledger;
  private final int witnesses;
  private final Path data;

  public ServerCondition(Ingest ingest, History history, Ledger ledger, int witnesses, Path data) {
    this.ingest = ingest;
    this.history = history;
    this.ledger = ledger;
    this.witnesses = witnesses;
    this.data = data;
  }

  @Override
  public Condition get() {
    try {
      IngestCounts counts = ingest.counts();
      IngestStatus status = ingest.status();
      return new Condition(
          counts.deadLetters(),
          counts.deadLetters() == 0 ? null : oldest(),
          status.oldestWaiting(),
          counts.waiting(),
          status.slowedDown(),
          status.trouble(),
          past(),
          log(),
          disk());
    } catch (ApiException e) {
      if (e.code() != ErrorCode.STARTING) {
        throw e;
      }
      // what is not known yet is no finding; that history is not there is one of its own
      return new Condition(0, null, Duration.ZERO, 0, 0, null, past(), log(), disk());
    }
  }

  private @Nullable Instant oldest() {
    List<DeadLetter> letters = history.deadLetters().list(1);
    return letters.isEmpty() ? null : letters.getFirst().since();
  }

  private Condition.Past past() {
    return switch (history.status()) {
      case HistoryStatus.Attached _ -> new Condition.Past("attached", "");
      case HistoryStatus.Opening _ -> new Condition.Past("opening", "");
      case HistoryStatus.Waiting waiting -> new Condition.Past("waiting", waiting.reason());
      case HistoryStatus.Failed failed -> new Condition.Past("failed", failed.reason());
    };
  }

  private Condition.Log log() {
    long size = ledger.size();
    Instant last = size == 0 ? null : EnvelopeCodec.read(ledger.entry(size - 1)).at();
    return new Condition.Log(size, ledger.checkpoint().size(), last, witnesses);
  }

  private Condition.Disk disk() {
    try {
      FileStore store = Files.getFileStore(data);
      return new Condition.Disk(store.getUsableSpace(), store.getTotalSpace());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the disk under " + data + " does not say its size", e);
      return new Condition.Disk(0, 0);
    }
  }
}
