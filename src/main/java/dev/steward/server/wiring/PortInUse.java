// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.server.config.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

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
    return free(bind, main)
        ? refusal(bind, config.otlp().httpPort(), "--otlp-http", cause)
        : refusal(bind, main, "--port", cause);
  }

  private static boolean free(String bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(bind, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
