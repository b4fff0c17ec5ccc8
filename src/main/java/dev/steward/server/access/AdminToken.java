// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.access.NewSecret;
import dev.steward.control.command.Command;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import dev.steward.server.folder.StartRefused;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The token that lets the first person in.
public final class AdminToken {
  private AdminToken() {}

  /// Issues it on a server that has no token yet, and keeps it in the file. The file comes first: a
  /// token that nobody can read would lock everybody out.
  ///
  /// @return the token, empty when there was one before
  public static Optional<String> issueFirst(Control control, Path file, RandomGenerator random) {
    if (!control.state().apiTokens().isEmpty()) {
      return Optional.empty();
    }
    NewSecret secret = NewSecret.token(random);
    try {
      keep(file, secret.value());
    } catch (IOException e) {
      throw new StartRefused(
          "the admin token cannot be kept in " + file + ": " + e + "; check the folder's rights",
          e);
    }
    control.submit(
        new Command.IssueToken(
            secret.id(),
            secret.hash(),
            "",
            "first-admin",
            List.of(Grant.of(Role.ADMIN)),
            Optional.empty()),
        Actor.SYSTEM);
    return Optional.of(secret.value());
  }

  private static void keep(Path file, String token) throws IOException {
    Files.deleteIfExists(file);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
    Files.writeString(file, token + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  }
}
