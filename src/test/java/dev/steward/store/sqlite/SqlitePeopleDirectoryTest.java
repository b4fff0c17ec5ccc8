// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.shelf.SealedText;
import dev.steward.domain.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlitePeopleDirectoryTest {
  private static final Random RANDOM = new Random(1);

  @TempDir Path folder;
  private Path file = Path.of("");
  private final SealedText card = SealedText.seal("person-1", "Dana Smith", RANDOM);
  private final SealedText reason =
      SealedText.seal("", "complaint of dana smith, Main Street", RANDOM);
  private final SealedText other = SealedText.seal("", "lawsuit 17", RANDOM);

  @BeforeEach
  void keep() {
    file = folder.resolve("people.db");
    try (SqlitePeopleDirectory people = SqlitePeopleDirectory.open(file)) {
      people.keep(List.of(card, reason, other));
      people.keep(List.of());
    }
  }

  @Test
  void whatIsKeptIsThereAfterAReopening() {
    try (SqlitePeopleDirectory people = SqlitePeopleDirectory.open(file)) {
      assertThat(people.text(card.commitment())).contains("Dana Smith");
      assertThat(people.text(SealedText.seal("", "x", RANDOM).commitment())).isEmpty();
    }
  }

  @Test
  void theSameWordsHaveAnotherCommitmentEachTime() {
    assertThat(SealedText.seal("", "x", RANDOM).commitment())
        .isNotEqualTo(SealedText.seal("", "x", RANDOM).commitment());
  }

  @Test
  void erasedWordsAreNowhereInTheFolder() throws IOException {
    assertThat(bytesOfFolder()).contains("Dana Smith", "Main Street");
    try (SqlitePeopleDirectory people = SqlitePeopleDirectory.open(file)) {
      people.erase("person-1", List.of("Dana Smith"));

      assertThat(people.text(card.commitment())).isEmpty();
      assertThat(people.text(reason.commitment())).isEmpty();
      assertThat(people.text(other.commitment())).contains("lawsuit 17");
      assertThat(bytesOfFolder()).doesNotContain("Dana Smith", "Main Street");
    }
    assertThat(bytesOfFolder()).doesNotContain("Dana Smith", "Main Street").contains("lawsuit 17");
  }

  @Test
  void aTextThatWasChangedIsNotBelieved() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("update sealed_text set text = 'lawsuit 18' where text = 'lawsuit 17'");
    }

    try (SqlitePeopleDirectory people = SqlitePeopleDirectory.open(file)) {
      assertThatThrownBy(() -> people.text(other.commitment()))
          .hasMessageContaining("is not the one that the ledger names");
    }
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (SqlitePeopleDirectory people = SqlitePeopleDirectory.open(file)) {
      people.keep(List.of(SealedText.seal("person-2", "Ann Jones", RANDOM)));
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("people.db-wal"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFileOfANewerProgramIsRefused() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma user_version = 9");
    }

    assertThatThrownBy(() -> SqlitePeopleDirectory.open(file))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("was written by a newer Steward (schema 9)");
  }

  @Test
  void aFolderThatCannotBeIsNamed() throws IOException {
    Path blocked = folder.resolve("blocked");
    Files.writeString(blocked, "a file");

    assertThatThrownBy(() -> SqlitePeopleDirectory.open(blocked.resolve("people.db")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("check that the disk has room");
  }

  private String bytesOfFolder() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path one : files.toList()) {
        all.append(new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
