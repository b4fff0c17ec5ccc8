// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import java.time.Duration;

/// How long a client may take.
///
/// @param head from the connection to the end of the first request's headers, TLS included
/// @param idle from an answer to the end of the next request's headers
/// @param body to send a body, beside a second for each `BYTES_A_SECOND` of it that came
record Patience(Duration head, Duration idle, Duration body) {
  /// A body that comes slower than this is a client holding a connection.
  static final int BYTES_A_SECOND = 16 << 10;
}
