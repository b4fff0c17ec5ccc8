// SPDX-License-Identifier: Apache-2.0
/// Who may come in as an MCP client, and what it is connected with.
@NullMarked
package dev.steward.gateway.entry;

import org.jspecify.annotations.NullMarked;
