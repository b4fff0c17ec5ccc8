// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.domain.Digest;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.SigningKey;
import dev.steward.ledger.note.VerifierKey;
import dev.steward.ledger.verify.BodyNames;
import dev.steward.ledger.verify.LedgerVerifier;
import dev.steward.ledger.verify.VerifyResult;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A ledger file in a test's folder: opened, tampered with, verified.
public final class LedgerFolder {
  /// Every batch of this one is signed at once.
  public static final LedgerConfig SIGN_AT_ONCE =
      new LedgerConfig(4096, 64 << 20, 4096, 1 << 20, Duration.ZERO);

  /// The usual limits, and no checkpoint but the first and last.
  public static final LedgerConfig SIGN_SELDOM =
      new LedgerConfig(4096, 64 << 20, 4096, 1 << 20, Duration.ofDays(1));

  private final Path file;
  private final SigningKey key;
  private final KnownKeys keys;

  public LedgerFolder(Path folder, VerifierKey... witnesses) {
    this.file = folder.resolve("control.db");
    this.key = SigningKey.generate("steward.local/log/control", new SecureRandom());
    this.keys = KnownKeys.of(key).withWitnesses(List.of(witnesses));
  }

  private LedgerFolder(Path file, LedgerFolder same) {
    this.file = file;
    this.key = same.key;
    this.keys = same.keys;
  }

  /// The same ledger in a copy of its file.
  public LedgerFolder in(Path copy) {
    return new LedgerFolder(copy, this);
  }

  public Path file() {
    return file;
  }

  public SigningKey key() {
    return key;
  }

  public KnownKeys keys() {
    return keys;
  }

  public Ledger open(LedgerConfig config) {
    return open(config, InstantSource.system());
  }

  public Ledger open(LedgerConfig config, InstantSource clock) {
    SqliteLedgerStore store = SqliteLedgerStore.open(file);
    try {
      return Ledger.open(store, key, keys, clock, config);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  public VerifyResult verify() {
    return verify(BodyNames.AS_STORED);
  }

  public VerifyResult verify(BodyNames names) {
    try (SqliteLedgerStore store = SqliteLedgerStore.openReadOnly(file)) {
      return new LedgerVerifier(store, keys, names).verify();
    }
  }

  /// Changes the file behind the ledger's back.
  public void tamper(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + "?synchronous=OFF");
  }

  public static Entry entry(int number) {
    return Entry.of(("entry " + number).getBytes(StandardCharsets.UTF_8));
  }

  public static List<Entry> entries(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(LedgerFolder::entry).toList();
  }

  /// An entry that names the bodies.
  public static Entry entryWith(String... bodies) {
    List<byte[]> bytes =
        Arrays.stream(bodies).map(body -> body.getBytes(StandardCharsets.UTF_8)).toList();
    String data = "with " + bytes.stream().map(Digest::of).map(Digest::hex).toList();
    return new Entry(data.getBytes(StandardCharsets.UTF_8), bytes);
  }
}
