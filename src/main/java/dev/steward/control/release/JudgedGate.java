// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import java.time.Instant;

/// A gate's result and since when it says so.
public record JudgedGate(GateResult result, Instant at) {}
