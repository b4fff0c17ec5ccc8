// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param next cursor of the page behind it, null on the last
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }
}
