// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import org.jspecify.annotations.Nullable;

/// The way to the steps that follow those on a page.
///
/// @param href null where none follow
/// @param inAll steps of the whole run
public record Further(@Nullable String href, int inAll) {
  static final String ANCHOR = "further-steps";
}
