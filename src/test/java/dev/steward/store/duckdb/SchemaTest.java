// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.run.Silence;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
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
