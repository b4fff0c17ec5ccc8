// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.gate;

import dev.steward.server.access.Caller;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Route;
import java.util.Optional;

/// Proves who asks before a route is entered.
@FunctionalInterface
public interface Gate {
  /// The caller, empty when the request shows nothing that could prove one.
  ///
  /// @throws dev.steward.domain.ApiException UNAUTHENTICATED for a wrong token, FORBIDDEN for a
  ///   browser's change without the session's token, SLOW_DOWN after too many wrong ones
  Optional<Caller> admit(Exchange exchange, Route route);
}
