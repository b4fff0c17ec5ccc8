// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.wire.Header;
import java.util.List;

/// What is sent to a provider.
///
/// @param uri absolute and encoded
/// @param headers without those that belong to a connection; the key is added on the way out
public record UpstreamRequest(
    ModelProvider provider, String method, String uri, List<Header> headers, byte[] body) {}
