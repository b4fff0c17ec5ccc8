// SPDX-License-Identifier: Apache-2.0
/// MCP as clients speak it over HTTP: sessions of the legacy era, single requests of the modern
/// one.
///
/// In: HTTP requests. Out: answers, and tool calls to their way. It never passes on who the client
/// proved to be, and knows no web server.
@NullMarked
package dev.steward.gateway.mcp;

import org.jspecify.annotations.NullMarked;
