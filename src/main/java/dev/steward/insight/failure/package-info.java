// SPDX-License-Identifier: Apache-2.0
/// Failures of tools that an agent took for a success.
///
/// In: the dialogue of a run. Out: results that look like errors, that no span calls one, and after
/// which the agent neither tried again nor told. Pure.
@NullMarked
package dev.steward.insight.failure;

import org.jspecify.annotations.NullMarked;
