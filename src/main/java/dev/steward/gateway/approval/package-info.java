// SPDX-License-Identifier: Apache-2.0
/// The step of a tool call at which people must agree: it waits for them, and narrows what policy
/// said to a verdict.
@NullMarked
package dev.steward.gateway.approval;

import org.jspecify.annotations.NullMarked;
