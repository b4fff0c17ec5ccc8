// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.domain.rollout.Arm;

/// The side of a canary that a call is on.
///
/// @param release id of the one that is tried
public record Trial(String release, Arm arm) {}
