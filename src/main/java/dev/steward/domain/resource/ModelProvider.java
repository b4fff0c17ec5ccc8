// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.util.List;

/// Somebody who answers model calls.
///
/// @param dialect openai, anthropic, gemini or bedrock
/// @param secret name of the secret that holds its key, never the key
public record ModelProvider(
    Metadata metadata, String dialect, String url, String secret, List<String> models)
    implements Resource {}
