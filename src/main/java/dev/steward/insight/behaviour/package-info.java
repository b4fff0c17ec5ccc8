// SPDX-License-Identifier: Apache-2.0
/// Watches whether agents still do what they did.
///
/// In: runs as they end and as more is told of them. Out: commands to control, that a baseline is
/// learnt and that something drifted; and how each agent stands. All of it follows from the runs
/// and from what control has of baselines, so that a restart misses nothing.
@NullMarked
package dev.steward.insight.behaviour;

import org.jspecify.annotations.NullMarked;
