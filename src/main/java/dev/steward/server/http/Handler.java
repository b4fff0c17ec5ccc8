// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

/// Answers one request, on its own virtual thread.
@FunctionalInterface
public interface Handler {
  /// @throws dev.steward.domain.ApiException for what the client can act on; it becomes
  ///   problem+json
  Reply handle(Exchange exchange);
}
