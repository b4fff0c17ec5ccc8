// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;

/// How a check of a version ended, as a program outside told it.
///
/// @param check its name, such as `integration-tests`
/// @param note commitment to what was said about it
public record CheckReport(
    String agent,
    Digest version,
    String check,
    boolean passed,
    Digest note,
    Instant at,
    Actor by) {}
