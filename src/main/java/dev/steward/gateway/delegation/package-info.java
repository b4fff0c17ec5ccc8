// SPDX-License-Identifier: Apache-2.0
/// On whose behalf an agent acts: how the chain of agents is carried from call to call, and that
/// the last of them may do no more than each before it.
///
/// In: what a call shows, and what was handed on before. Out: a chain, and a decision for all of
/// it.
@NullMarked
package dev.steward.gateway.delegation;

import org.jspecify.annotations.NullMarked;
