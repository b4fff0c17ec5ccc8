// SPDX-License-Identifier: Apache-2.0
/// Decides on tool calls that a model proposes, before the agent sees them.
///
/// In: a proposed call as `gateway.rewrite` found it in an answer. Out: what becomes of it, and a
/// line for the record. Policy is the same that decides on calls which come over MCP.
@NullMarked
package dev.steward.gateway.proposal;

import org.jspecify.annotations.NullMarked;
