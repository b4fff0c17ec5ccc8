// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import java.time.Duration;

/// How much legacy clients may hold.
///
/// @param sessions open at once
/// @param sessionIdle how long one may lie unused
public record McpLimits(int sessions, Duration sessionIdle) {}
