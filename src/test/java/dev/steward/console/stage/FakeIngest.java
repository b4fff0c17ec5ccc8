// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.console.view.IngestView;
import dev.steward.control.access.Actor;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.ingest.Arrivals;
import dev.steward.trace.ingest.IngestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts and dead letters that tests put there, and a note of what was done with them.
public final class FakeIngest implements IngestView {
  public final List<DeadLetter> letters = new ArrayList<>();
  public final List<String> done = new ArrayList<>();
  public Arrivals.Report arrivals = new Arrivals.Report(Instant.EPOCH, List.of(), List.of());
  public @Nullable String trouble;
  public Counts counts = new Counts(0, 0, 0, 0, 0, Duration.ZERO, 0);

  public void letter(String id, int spans, String reason, Instant since) {
    letters.add(new DeadLetter(id, JournalPosition.START, spans, reason, new byte[12_400], since));
  }

  @Override
  public Counts counts() {
    return counts;
  }

  @Override
  public Arrivals.Report arrivals() {
    return arrivals;
  }

  @Override
  public IngestStatus status() {
    return new IngestStatus(counts.lag(), 12_400, 0, 310, 1_204, counts.refused(), 2, trouble);
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    return letters.stream().limit(limit).toList();
  }

  @Override
  public int retry(Set<String> ids, Actor actor) {
    done.add("retry " + ids.stream().sorted().toList() + " by " + actor);
    return take(ids);
  }

  @Override
  public int drop(Set<String> ids, Actor actor) {
    done.add("drop " + ids.stream().sorted().toList() + " by " + actor);
    return take(ids);
  }

  private int take(Set<String> ids) {
    int before = letters.size();
    letters.removeIf(letter -> ids.contains(letter.id()));
    return before - letters.size();
  }
}
