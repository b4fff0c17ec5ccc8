// SPDX-License-Identifier: Apache-2.0
/// Connections to tool servers: what a client asks goes out with the server's own credential, and
/// comes back message by message.
///
/// In: messages of the client's era. Out: those of the server. It knows no policy and no client.
@NullMarked
package dev.steward.gateway.toolserver;

import org.jspecify.annotations.NullMarked;
