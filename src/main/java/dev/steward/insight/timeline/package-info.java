// SPDX-License-Identifier: Apache-2.0
/// What happened to one agent, on one axis.
///
/// In: the ledger's entries, the State, what was seen of models and processes. Out: moments in
/// their order. It keeps nothing of its own.
@NullMarked
package dev.steward.insight.timeline;

import org.jspecify.annotations.NullMarked;
