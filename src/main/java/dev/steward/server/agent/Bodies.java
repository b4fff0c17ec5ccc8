// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import dev.steward.gateway.endpoint.RequestBody;
import dev.steward.server.http.Exchange;
import java.io.InputStream;
import java.util.Optional;

/// Bodies that are passed on while they come.
final class Bodies {
  private Bodies() {}

  /// @param limit bytes of it as it comes
  static RequestBody of(Exchange exchange, long limit) {
    Optional<InputStream> in = exchange.bodyStream();
    return in.isEmpty()
        ? RequestBody.of(new byte[0])
        : new RequestBody(in.get(), exchange.bodyLength(), limit);
  }
}
