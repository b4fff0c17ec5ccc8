// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.backup.Backup;
import dev.steward.server.backup.BackupNote;
import dev.steward.server.backup.BackupProgress;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A backup of the running server, onto a disk of its machine.
public final class BackupApi {
  private final Backup backup;

  public BackupApi(Backup backup) {
    this.backup = backup;
  }

  /// Where a backup is wanted.
  ///
  /// @param to folder on the server's machine, missing or empty
  public record BackupRequest(@Nullable String to) {}

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/backup", Need.of(Permission.MANAGE_TOKENS))
            .about("Server", "Writes one consistent cut of everything into an empty folder.")
            .takes(BackupRequest.class)
            .gives(BackupNote.class)
            .status(201)
            .by(this::write),
        Route.get("/api/v1/backup", Need.of(Permission.MANAGE_TOKENS))
            .about("Server", "How far the backup that is under way has come.")
            .gives(BackupProgress.class)
            .by(_ -> Reply.json(backup.progress())));
  }

  private Reply write(Exchange exchange) {
    String to = exchange.json(BackupRequest.class).to();
    if (to == null || !Path.of(to).isAbsolute()) {
      throw new ApiException(
          ErrorCode.INVALID, "`to` is an absolute path of a folder on the server's machine.");
    }
    return Reply.json(201, backup.into(Path.of(to)));
  }
}
