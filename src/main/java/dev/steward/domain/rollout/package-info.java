// SPDX-License-Identifier: Apache-2.0
/// Which version a caller meets while two of them are in force.
///
/// In: a salt, who calls, how much of the traffic the newer version gets. Out: an arm. It must not
/// know a clock, a store or a release.
@NullMarked
package dev.steward.domain.rollout;

import org.jspecify.annotations.NullMarked;
