// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.Silence;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file whose tables are not those that this server writes is refused, and left as it is.
class SchemaTest {
  @TempDir Path folder;

  @Test
  void whatItWroteItselfOpensAgain() {
    open().close();
    open().close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "update schema_version set version = 99 | schema version 99",
        "alter table runs drop column outcome | 'runs' lacks the columns [outcome VARCHAR]",
        "alter table spans add column more integer | 'spans' has the columns [more INTEGER]",
        "alter table logs alter column severity type varchar | 'logs' lacks the columns",
        "drop table series | 'series' is missing",
        "update schema_version set version = 0 | cannot be brought to schema version 1"
      })
  void otherTablesAreRefusedWithCauseAndRemedy(String change, String cause) throws SQLException {
    open().close();
    change(change);

    ApiException refused = catchThrowableOfType(ApiException.class, this::open);

    assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(refused).hasMessageContaining(cause).hasMessageContaining("restore a backup");
  }

  @Test
  void costOfAnOlderVersionIsReadAsWhatAModelTook() throws Exception {
    for (int version = 1; version <= 3; version++) {
      change(text("schema-" + version + ".sql"));
    }
    change("create table schema_version (version integer); insert into schema_version values (3)");
    change(
        "insert into cost_lines values (date '2026-11-20', uuid(), '', 'refunds', 'v1',"
            + " 'production', '', 'support', 1763640000000000000, 'gpt-5', '', 'USD', 0.0125, 1, 0,"
            + " 1, 100, 10)");

    try (DuckDbSpanStore store = open()) {
      CostQuery all =
          new CostQuery(
              List.of(By.WHAT, By.PROVIDER, By.STEP, By.MODEL),
              Instant.EPOCH,
              Instant.parse("2030-01-01T00:00:00Z"),
              Map.of(By.WHAT, Set.of("model")));
      assertThat(store.cost(all))
          .singleElement()
          .satisfies(row -> {
            assertThat(row.group()).containsExactly("model", "", "", "gpt-5");
            assertThat(row.cost()).isEqualTo(new RunCost(new BigDecimal("0.0125"), "USD", 1, 0));
          });
    }
    open().close();
  }

  private static String text(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private DuckDbSpanStore open() {
    return DuckDbSpanStore.open(
        folder, DuckDbConfig.DEFAULT, agent -> Optional.empty(), Silence.DEFAULT, Instant::now);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("spans.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
