// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.domain.ApiException;

/// A message as the wire gave it, or why it could not be taken off the wire.
sealed interface ReceivedBytes {
  /// The message, decompressed.
  record Whole(byte[] bytes) implements ReceivedBytes {}

  /// It is too large after decompression, or no compressed data.
  record Refused(ApiException failure) implements ReceivedBytes {}
}
