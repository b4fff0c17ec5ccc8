// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import org.jspecify.annotations.Nullable;

/// Who sent a request, as proven by its agent key; all null when it came without one.
///
/// @param run `x-steward-run` header of the request
/// @param workflow `x-steward-workflow` header
/// @param task `x-steward-task` header
public record Sender(
    @Nullable String agent,
    @Nullable String environment,
    @Nullable String version,
    @Nullable String run,
    @Nullable String workflow,
    @Nullable String task) {

  public static final Sender UNKNOWN = new Sender(null, null, null, null, null, null);
}
