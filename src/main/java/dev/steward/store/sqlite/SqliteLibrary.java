// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import org.sqlite.SQLiteJDBCLoader;

/// SQLite's native library, which its driver unpacks and loads at first use.
public final class SqliteLibrary {
  private SqliteLibrary() {}

  /// Begins to load it on a thread of its own, so that a start need not wait for it. The first
  /// connection waits until it is there, tries again where this failed, and says why it cannot.
  public static void loadAhead() {
    Thread.ofPlatform().daemon().name("sqlite-library").start(SqliteLibrary::load);
  }

  private static void load() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      System.getLogger(SqliteLibrary.class.getName())
          .log(System.Logger.Level.DEBUG, "SQLite's library is not loaded ahead", e);
    }
  }
}
