// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;

/// A port that only this machine reaches, for as long as a drill lasts.
record Loopback(WebServer server) implements AutoCloseable {
  private static final int BACKLOG = 1024;

  static Loopback open(Handler handler) {
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .backlog(BACKLOG)
            .connectionOptions(o -> o.tcpNoDelay(true))
            .contentEncoding(e -> e.contentEncodingsDiscoverServices(false))
            .shutdownGracePeriod(java.time.Duration.ZERO)
            .shutdownHook(false)
            .routing(r -> r.any(handler))
            .build();
    server.start();
    if (!server.isRunning()) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED, "A drill needs a free port on 127.0.0.1, and got none.");
    }
    return new Loopback(server);
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
