// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Credential;
import dev.steward.domain.resource.ToolServer.Sessions;
import dev.steward.gateway.credential.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// How a process is started for one caller: its command, its folder, and an environment that holds
/// what the resource declares, its secret, PATH and HOME, and nothing else of ours.
final class Launch {
  /// Stands for the caller's own folder in arguments and variables.
  private static final String FOLDER = "{callerFolder}";

  private final Path root;
  private final Keys keys;

  Launch(Path root, Keys keys) {
    this.root = root;
    this.keys = keys;
  }

  /// Who shares a process: nobody, or all.
  static String sharer(ToolServer server, String owner) {
    return server.reach().sessions() == Sessions.SHARED ? "" : owner;
  }

  /// @throws dev.steward.gateway.wire.RefusedException where the secret is not set
  Process start(ToolServer server, String sharer) throws IOException {
    Path folder = root.resolve(server.name()).resolve(sharer.isEmpty() ? "shared" : code(sharer));
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    for (String part : server.command()) {
      command.add(part.replace(FOLDER, folder.toString()));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
    server
        .environment()
        .forEach((name, value) -> environment.put(name, value.replace(FOLDER, folder.toString())));
    Credential credential = server.credential();
    if (!credential.none()) {
      environment.put(credential.name(), keys.of(credential.secret()));
    }
    return builder.start();
  }

  private static String code(String sharer) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(sharer.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
