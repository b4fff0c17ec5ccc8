// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;

/// The way back: a backup becomes the data folder of a server that is not running.
public final class Restore {
  private final Path backup;

  public Restore(Path backup) {
    this.backup = backup;
  }

  /// Hears how far it has come.
  @FunctionalInterface
  public interface Watch {
    void copied(long files, long of);
  }

  /// Copies the backup, which stays as it is.
  ///
  /// @param data missing or empty
  /// @throws ApiException INVALID when the backup is not whole, CONFLICT when something lies in
  ///   data
  public BackupNote into(Path data) throws IOException {
    return into(data, (_, _) -> {});
  }

  /// The same with somebody who watches.
  public BackupNote into(Path data, Watch watch) throws IOException {
    BackupNote note =
        BackupNote.read(backup)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.INVALID,
                    backup
                        + " is not a whole backup: it has no backup.json, which is written"
                        + " last; name the folder that 'steward backup --to' was given"));
    if (!FolderCopy.isFree(data)) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          data + " is not empty; a backup is restored into an empty folder, never over another");
    }
    FolderCopy.createForOwnerOnly(data);
    FolderCopy.of(backup, data, _ -> true, watch);
    return note;
  }
}
