// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.gateway.Gateway;
import dev.steward.server.http.ErrorPage;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.model.ModelRoutes;
import dev.steward.server.port.Frame;
import dev.steward.server.port.Router;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The gateway of one drill, behind a port of its own.
final class DrillRoom implements AutoCloseable {
  private static final long REQUEST_BYTES_MAX = 1 << 20;

  private final Loopback port;

  private DrillRoom(Loopback port) {
    this.port = port;
  }

  static DrillRoom open(Gateway gateway) {
    ErrorPage errors = (exchange, problem) -> problem.reply();
    Frame frame =
        new Frame(
            new Router(new ModelRoutes(gateway, REQUEST_BYTES_MAX).routes()),
            (exchange, route) -> Optional.empty(),
            List.of(),
            errors,
            new HttpCounts(),
            REQUEST_BYTES_MAX);
    return new DrillRoom(
        Loopback.open(
            (request, response) -> frame.serve(request, response, UnaryOperator.identity())));
  }

  String url() {
    return port.url();
  }

  @Override
  public void close() {
    port.close();
  }
}
