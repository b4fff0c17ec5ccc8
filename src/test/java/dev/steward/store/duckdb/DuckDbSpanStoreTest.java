// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.SpanKind;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.Batch;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.GatewaySpansContract;
import dev.steward.trace.Holds;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSpanStoreTest extends GatewaySpansContract {
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
  void aStoreOfTheFirstSchemaIsBroughtForward() throws Exception {
    SpanDraft agent = SpanDraft.span(SpanKind.AGENT, 1, 1).by("a");
    SpanDraft model = SpanDraft.span(SpanKind.MODEL, 1, 2).under(1).cost("0.5");
    store.write(BatchDraft.of(agent, model));
    List<Span> before = store.spans(SpanDraft.trace(1));
    store.close();
    backToTheFirstSchema();

    store = open(directory, Silence.DEFAULT, () -> now);

    assertThat(store.spans(SpanDraft.trace(1))).isEqualTo(before).hasSize(2);
    SpanDraft later = SpanDraft.span(SpanKind.MODEL, 1, 3).under(1).sentBy("b").cost("0.25");
    store.write(BatchDraft.of(later));
    assertThat(store.spans(SpanDraft.trace(1))).contains(later.build()).hasSize(3);
    assertThat(store.run(SpanDraft.trace(1)).orElseThrow().cost().amount())
        .isEqualByComparingTo("0.75");
  }

  @Test
  void parquetOfTheFirstSchemaStaysReadable() throws Exception {
    store.write(BatchDraft.of(SpanDraft.span(SpanKind.AGENT, 1, 1).by("a")));
    List<Span> before = store.spans(SpanDraft.trace(1));
    now = now.plus(Duration.ofDays(40));
    assertThat(
            new Retention((DuckDbSpanStore) store, new DuckDbConfig(256, 2, 3, 100), Holds.NONE)
                .run(now)
                .archived())
        .isEqualTo(1);
    store.close();
    backToTheFirstSchema();

    store = open(directory, Silence.DEFAULT, () -> now);

    assertThat(store.spans(SpanDraft.trace(1))).isEqualTo(before).hasSize(1);
  }

  /// Makes of the closed store what the server before this one would have left: the first schema
  /// had no column for the sender and for what else was spent, neither in its table nor in its
  /// files.
  private void backToTheFirstSchema() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      Path database = only(files, ".duckdb");
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
          Statement statement = connection.createStatement()) {
        statement.execute("alter table spans drop column sender");
        statement.execute("alter table runs drop column ungoverned");
        statement.execute("alter table runs drop column ungoverned_since");
        statement.execute("alter table runs drop column ungoverned_tools");
        statement.execute("alter table spans drop column charges");
        for (String column : List.of("what", "provider", "step", "caller")) {
          statement.execute("alter table cost_lines drop column " + column);
        }
        statement.execute("update schema_version set version = 1");
        for (Path file : files) {
          if (file.getFileName().toString().matches("spans-.*\\.parquet")) {
            statement.execute(
                "copy (select * exclude (sender, charges) from read_parquet('%s')) to '%s.old' (format parquet)"
                    .formatted(file, file));
            Files.move(Path.of(file + ".old"), file, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static Path only(List<Path> files, String ending) {
    return files.stream().filter(f -> f.toString().endsWith(ending)).findFirst().orElseThrow();
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
