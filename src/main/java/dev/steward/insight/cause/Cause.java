// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.cause;

import dev.steward.insight.timeline.Moment;

/// Something that may have caused a drift.
///
/// @param weight how well its time fits, 0 to 1
/// @param why its evidence in a sentence
public record Cause(Moment moment, double weight, String why) {}
