// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Deed;
import org.jspecify.annotations.Nullable;

/// An active key of an agent, without its value.
///
/// @param version the one version it is for, "" for whatever is in force
/// @param revoke null for who may not
public record KeyRow(
    String id,
    String environment,
    String version,
    Moment issued,
    String by,
    @Nullable Deed revoke) {}
