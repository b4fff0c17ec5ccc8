// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

import dev.steward.domain.ApiException;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.witness.WitnessAnswer.Conflict;
import dev.steward.ledger.witness.WitnessAnswer.Cosigned;
import dev.steward.ledger.witness.WitnessAnswer.Refused;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/// Carries each new checkpoint to one witness, until interrupted.
final class WitnessTask implements Runnable {
  private static final System.Logger LOG = System.getLogger(WitnessTask.class.getName());
  private static final Duration RETRY_MAX = Duration.ofMinutes(1);
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final WitnessConfig config;
  private final WitnessClient client;
  private long seenByWitness;
  private Duration retry;
  private volatile WitnessStatus status;

  WitnessTask(Ledger ledger, WitnessConfig config, HttpClient http) {
    this.ledger = ledger;
    this.config = config;
    this.client = new WitnessClient(http, config);
    this.retry = config.retryMin();
    this.status = new WitnessStatus(config.name(), 0, "");
  }

  WitnessStatus status() {
    return status;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Optional<Checkpoint> next = ledger.awaitCheckpoint(status.cosignedSize() + 1, WAIT);
        if (next.isPresent() && !carry(next.get())) {
          Thread.sleep(retry);
          Duration doubled = retry.multipliedBy(2);
          retry = doubled.compareTo(RETRY_MAX) < 0 ? doubled : RETRY_MAX;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the checkpoint was cosigned.
  private boolean carry(Checkpoint checkpoint) throws InterruptedException {
    String failure;
    try {
      WitnessAnswer answer = submit(checkpoint);
      if (answer instanceof Conflict(long size) && size <= checkpoint.size()) {
        seenByWitness = size;
        answer = submit(checkpoint);
      }
      failure = take(answer, checkpoint);
    } catch (IOException | NoteException | ApiException e) {
      failure = e.toString();
    }
    if (failure.isEmpty()) {
      retry = config.retryMin();
      status = new WitnessStatus(config.name(), checkpoint.size(), "");
      return true;
    }
    if (!failure.equals(status.failure())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the witness {0} did not cosign {1} at size {2}: {3}",
          config.name(),
          checkpoint.origin(),
          checkpoint.size(),
          failure);
    }
    status = new WitnessStatus(config.name(), status.cosignedSize(), failure);
    return false;
  }

  private WitnessAnswer submit(Checkpoint checkpoint) throws IOException, InterruptedException {
    return client.submit(ledger.consistencyProof(seenByWitness, checkpoint.size()), checkpoint);
  }

  private String take(WitnessAnswer answer, Checkpoint checkpoint) throws NoteException {
    return switch (answer) {
      case Cosigned(var signatures) -> {
        ledger.addCosignatures(checkpoint, signatures);
        seenByWitness = checkpoint.size();
        yield "";
      }
      case Conflict(long size) when size > checkpoint.size() ->
          "it has seen this log with "
              + size
              + " entries, there are "
              + checkpoint.size()
              + ": entries were cut off, or an old copy was restored";
      case Conflict(long size) -> "it has last seen size " + size;
      case Refused(String reason) -> reason;
    };
  }
}
