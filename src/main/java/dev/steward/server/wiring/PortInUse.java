// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.server.config.ServerConfig;
import dev.steward.server.folder.StartRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/// Tells which port could not be bound.
final class PortInUse {
  private PortInUse() {}

  static StartRefused refusal(String bind, int port, String option, Exception cause) {
    return new StartRefused(
        "port "
            + port
            + " at "
            + bind
            + " cannot be opened: "
            + cause.getMessage()
            + "; stop the program that has it, or choose another port with "
            + option
            + " (0 takes any free one)",
        cause);
  }

  /// The web server does not say which of its two ports it failed to open, so each is tried.
  static StartRefused refusal(ServerConfig config, Exception cause) {
    String bind = config.http().bind();
    int main = config.http().port();
    int otlp = config.otlp().httpPort();
    return trouble(bind, main)
        .map(e -> refusal(bind, main, "--port", e))
        .or(() -> trouble(bind, otlp).map(e -> refusal(bind, otlp, "--otlp-http", e)))
        .orElseGet(() -> new StartRefused("the web server did not start: " + cause, cause));
  }

  private static Optional<IOException> trouble(String bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(bind, port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
