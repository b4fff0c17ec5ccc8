// SPDX-License-Identifier: Apache-2.0
/// Agent2Agent 1.0 before agents: its two bindings, its errors, and agent cards that name us.
///
/// In: a request as it came. Out: a call for the way in of agents, and what is said in the
/// protocol's own form. Messages are looked into only for what a call belongs to.
@NullMarked
package dev.steward.gateway.a2a;

import org.jspecify.annotations.NullMarked;
