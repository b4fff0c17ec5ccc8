// SPDX-License-Identifier: Apache-2.0
/// The HTTP ports: sockets, TLS, and clients that are too slow to be kept. What a request means is
/// the frame's business.
@NullMarked
package dev.steward.server.port;

import org.jspecify.annotations.NullMarked;
