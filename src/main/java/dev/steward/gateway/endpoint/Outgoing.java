// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.wire.Header;
import java.util.List;
import java.util.function.Supplier;

/// One call as it goes to an endpoint.
///
/// @param agent whose version declares it
/// @param who in words that begin a sentence, such as `The agent refunds`
/// @param shadow whether it is a copy of a live one
/// @param uri its address; it may have to be asked for
/// @param headers all of them
public record Outgoing(
    String agent,
    String who,
    Endpoint endpoint,
    boolean shadow,
    String method,
    Supplier<String> uri,
    Supplier<List<Header>> headers,
    RequestBody body) {}
