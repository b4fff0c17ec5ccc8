// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.call;

import org.jspecify.annotations.Nullable;

/// What is known of whether a value came from an untrusted source.
public interface Taint {
  /// Nothing is known of any value.
  Taint UNKNOWN = _ -> Label.UNKNOWN;

  /// @param value as the arguments of the call have it
  Label of(@Nullable Object value);

  /// Where a value came from, as far as known.
  enum Label {
    TAINTED,
    CLEAN,
    UNKNOWN
  }
}
