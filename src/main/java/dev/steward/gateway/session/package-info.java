// SPDX-License-Identifier: Apache-2.0
/// What lasts between an MCP client and the gateway: sessions, streams that can be read on, replies
/// that are still open.
@NullMarked
package dev.steward.gateway.session;

import org.jspecify.annotations.NullMarked;
