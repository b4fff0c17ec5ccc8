// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.access;

import java.util.Optional;

/// What a request shows to prove its caller.
///
/// @param bearer of the Authorization header
/// @param cookie secret of a browser session
/// @param csrf what came with the request to show that our own page sent it
/// @param changes whether the request may change something
/// @param address that it came from
public record Credentials(
    Optional<String> bearer,
    Optional<String> cookie,
    Optional<String> csrf,
    boolean changes,
    String address) {

  /// Leaves the secrets out, so that no log line can hold them.
  @Override
  public String toString() {
    return "Credentials[from " + address + "]";
  }
}
