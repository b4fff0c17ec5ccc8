// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.SpanKind;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.Holds;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.RunQueriesContract;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSpanStoreTest extends RunQueriesContract {
  @TempDir Path folder;

  @Override
  protected SpanStore open(AgentDirectory agents, Silence silence, InstantSource clock) {
    return DuckDbSpanStore.open(folder, DuckDbConfig.DEFAULT, agents, silence, clock);
  }

  @Override
  protected boolean durable() {
    return true;
  }

  @Test
  void aSecondServerOnTheFolderIsRefused() {
    assertThatThrownBy(() -> open(directory, Silence.DEFAULT, () -> now))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("another server");
  }

  @Test
  void aClosedStoreSaysSo() {
    store.close();

    assertThatThrownBy(() -> store.counts()).hasMessageContaining("closed");
  }

  @Test
  void aFailedBatchLeavesNothingBehind() {
    Span span = SpanDraft.span(SpanKind.AGENT, 1, 1).build();
    Evaluation broken =
        new Evaluation("not a trace", null, null, "x", null, null, null, false, "y", now);

    assertThatThrownBy(() ->
            store.write(
                new Batch(
                    List.of(span),
                    List.of(broken),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    new JournalPosition(1, 1, 1))))
        .isInstanceOf(RuntimeException.class);

    assertThat(store.counts()).isEqualTo(new SpanStore.Counts(0, 0, 0, JournalPosition.START));
    assertThat(store.write(BatchDraft.of(List.of(span)))).isEqualTo(new SpanStore.Written(1, 0));
    assertThat(store.spans(SpanDraft.trace(1))).containsExactly(span);
  }

  @Test
  void aBackupIsAStoreOfTheSameRuns(@TempDir Path elsewhere) {
    store.write(
        new BatchDraft()
            .spans(SpanDraft.span(SpanKind.AGENT, 1, 1).asked("save me"))
            .upTo(2, 7, 1)
            .build());
    now = now.plus(Duration.ofDays(5));
    new Retention((DuckDbSpanStore) store, DuckDbConfig.DEFAULT, Holds.NONE).run(now);
    store.write(new BatchDraft().spans(SpanDraft.span(SpanKind.AGENT, 2, 1)).upTo(3, 9, 2).build());

    JournalPosition position = ((DuckDbSpanStore) store).backup(elsewhere.resolve("copy"));
    store.write(BatchDraft.of(SpanDraft.span(SpanKind.AGENT, 3, 1)));

    assertThat(position).isEqualTo(new JournalPosition(3, 9, 2));
    assertThatThrownBy(() -> ((DuckDbSpanStore) store).backup(elsewhere.resolve("copy")))
        .hasMessageContaining("not empty");
    List<Span> archived = store.spans(SpanDraft.trace(1));
    assertThat(archived).hasSize(1);
    try (DuckDbSpanStore copy =
        DuckDbSpanStore.open(
            elsewhere.resolve("copy"),
            DuckDbConfig.DEFAULT,
            directory,
            Silence.DEFAULT,
            () -> now)) {
      assertThat(copy.counts().upTo()).isEqualTo(position);
      assertThat(copy.spans(SpanDraft.trace(1))).isEqualTo(archived);
      assertThat(copy.run(SpanDraft.trace(2))).isPresent();
      assertThat(copy.run(SpanDraft.trace(3))).isEmpty();
    }
  }
}
