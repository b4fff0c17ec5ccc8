// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.DeadLetter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/// Dead letters as rows.
public final class LetterRows {
  private LetterRows() {}

  /// Gives how many spans are in the letters.
  public static int append(DuckDBConnection connection, List<DeadLetter> letters)
      throws SQLException {
    if (letters.isEmpty()) {
      return 0;
    }
    try (Row row = new Row(connection, "letters")) {
      for (DeadLetter letter : letters) {
        row.begin()
            .text(letter.id())
            .big(letter.at().segment())
            .big(letter.at().offset())
            .big(letter.at().spans())
            .whole(letter.spans())
            .text(letter.reason())
            .bytes(letter.payload())
            .big(Ids.nanos(letter.since()))
            .end();
      }
    }
    return letters.stream().mapToInt(DeadLetter::spans).sum();
  }

  /// Deletes the letters and gives how many spans were in them.
  ///
  /// @throws ApiException NOT_FOUND when one of them is not there
  public static int take(DuckDBConnection connection, Set<String> ids) throws SQLException {
    int spans = 0;
    int found = 0;
    try (PreparedStatement delete =
            connection.prepareStatement(
                "delete from letters where id in (" + Ids.quoted(ids) + ") returning spans");
        ResultSet taken = delete.executeQuery()) {
      while (taken.next()) {
        spans += taken.getInt(1);
        found++;
      }
    }
    if (found < ids.size()) {
      throw new ApiException(ErrorCode.NOT_FOUND, "not all dead letters of " + ids + " are there");
    }
    return spans;
  }
}
