// SPDX-License-Identifier: Apache-2.0
/// The pages of alerts: what fires, who was told and what comes next, what is silenced, and what
/// the thresholds say.
@NullMarked
package dev.steward.console.alert;

import org.jspecify.annotations.NullMarked;
