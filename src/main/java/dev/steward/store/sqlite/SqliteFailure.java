// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.storage.BrokenLedgerException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite refused, as the caller has to take it.
final class SqliteFailure {
  private static final int PRIMARY_CODE = 0xff;

  private SqliteFailure() {}

  static RuntimeException of(Path file, SQLException cause) {
    int code = cause instanceof SQLiteException sqlite ? sqlite.getResultCode().code : -1;
    int primary = code < 0 ? code : code & PRIMARY_CODE;
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return new BrokenLedgerException(
          file.toString(), "SQLite cannot read the file: " + cause.getMessage(), cause);
    }
    String remedy;
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      remedy = "the disk is full: free some space; nothing needs a restart";
    } else if (primary == SQLiteErrorCode.SQLITE_BUSY.code) {
      remedy = "another program holds the file: close it";
    } else {
      remedy = "check the disk, and that the folder may be written";
    }
    return new ApiException(
        ErrorCode.STORAGE_FAILED,
        "the ledger file " + file + ": " + cause.getMessage() + "; " + remedy,
        cause);
  }

  static BrokenLedgerException damaged(Path file, String what) {
    return new BrokenLedgerException(file.toString(), what);
  }
}
