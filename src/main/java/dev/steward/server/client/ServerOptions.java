// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Where the server is and who asks, as every client command takes it.
public final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:STEWARD_SERVER:-http://127.0.0.1:7070}",
      description = "the server (or STEWARD_SERVER; default ${DEFAULT-VALUE})")
  private URI server = URI.create("http://127.0.0.1:7070");

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:STEWARD_TOKEN:-}",
      description = "an API token (or STEWARD_TOKEN; else the one in ./steward-data/admin-token)")
  private String token = "";

  public ServerConnection connect() {
    return new ServerConnection(server(), token.isEmpty() ? localAdminToken() : token);
  }

  /// @throws CommandFailure WRONG_USE when it is no address of a server
  public URI server() {
    if (server.getHost() == null || !List.of("http", "https").contains(server.getScheme())) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "--server '" + server + "' is no address of a server: write http://HOST:PORT");
    }
    return server;
  }

  private static String localAdminToken() {
    Path file = Path.of("steward-data", "admin-token");
    try {
      return Files.isReadable(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "cannot read " + file + " (" + e.getMessage() + "); give --token");
    }
  }
}
