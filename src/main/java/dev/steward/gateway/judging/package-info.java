// SPDX-License-Identifier: Apache-2.0
/// What judging a tool call needs whichever way the call comes, over MCP or proposed by a model.
@NullMarked
package dev.steward.gateway.judging;

import org.jspecify.annotations.NullMarked;
