// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.control.shelf.PeopleDirectory;
import dev.steward.control.shelf.SealedText;
import dev.steward.domain.Digest;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// People's names, addresses and free text in one SQLite file, readable by its owner only.
public final class SqlitePeopleDirectory implements PeopleDirectory {
  private static final int VERSION = 1;
  private static final String SCHEMA =
      """
      create table sealed_text (
        commitment text primary key,
        subject text not null,
        salt blob not null,
        text text not null
      ) strict, without rowid\
      """;

  private final SideFile file;

  private SqlitePeopleDirectory(SideFile file) {
    this.file = file;
  }

  public static SqlitePeopleDirectory open(Path file) {
    return new SqlitePeopleDirectory(SideFile.open(file, SCHEMA, VERSION));
  }

  @Override
  public void keep(List<SealedText> texts) {
    if (texts.isEmpty()) {
      return;
    }
    file.commit(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement("insert into sealed_text values (?, ?, ?, ?)")) {
        for (SealedText text : texts) {
          insert.setString(1, text.commitment().hex());
          insert.setString(2, text.subject());
          insert.setBytes(3, text.salt());
          insert.setString(4, text.text());
          insert.addBatch();
        }
        return insert.executeBatch().length;
      }
    });
  }

  @Override
  public Optional<String> text(Digest commitment) {
    return file.run(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select subject, salt, text from sealed_text where commitment = ?")) {
        select.setString(1, commitment.hex());
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? Optional.of(checked(commitment, row)) : Optional.empty();
        }
      }
    });
  }

  @Override
  public void erase(String subject, List<String> words) {
    file.commit(connection -> {
      try (PreparedStatement bySubject =
              connection.prepareStatement("delete from sealed_text where subject = ?");
          PreparedStatement byWord =
              connection.prepareStatement(
                  "delete from sealed_text where subject = ''"
                      + " and instr(lower(text), lower(?)) > 0")) {
        bySubject.setString(1, subject);
        int erased = bySubject.executeUpdate();
        for (String word : words) {
          byWord.setString(1, word);
          erased += byWord.executeUpdate();
        }
        return erased;
      }
    });
    // The write-ahead log still holds the pages as they were.
    file.run(connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.execute("pragma wal_checkpoint(truncate)");
      }
    });
  }

  @Override
  public void close() {
    file.close();
  }

  /// A text that was changed behind the ledger's back must not pass for what was said.
  private static String checked(Digest commitment, ResultSet row) throws SQLException {
    SealedText text =
        new SealedText(commitment, row.getString(1), row.getBytes(2), row.getString(3));
    if (!text.holds()) {
      throw new IllegalStateException(
          "the text of commitment " + commitment + " is not the one that the ledger names");
    }
    return text.text();
  }
}
