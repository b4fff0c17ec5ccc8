// SPDX-License-Identifier: Apache-2.0
/// JSON-RPC 2.0 and the protocol versions of MCP: messages as trees, so that fields we do not know
/// survive, and the reading of streams of them.
@NullMarked
package dev.steward.gateway.rpc;

import org.jspecify.annotations.NullMarked;
