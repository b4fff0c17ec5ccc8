// SPDX-License-Identifier: Apache-2.0
/// The paths of the MCP gateway: HTTP requests handed to it, and its answers handed back.
@NullMarked
package dev.steward.server.mcp;

import org.jspecify.annotations.NullMarked;
