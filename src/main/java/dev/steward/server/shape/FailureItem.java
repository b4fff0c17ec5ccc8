// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.control.live.UpstreamHealth.Failure;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call that failed.
public record FailureItem(Instant at, String message) {
  /// Null where none did.
  public static @Nullable FailureItem of(Optional<Failure> last) {
    return last.isEmpty() ? null : new FailureItem(last.get().at(), last.get().message());
  }
}
