// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.retrieval;

import dev.steward.gateway.endpoint.RequestBody;
import dev.steward.gateway.wire.Request;

/// One call of a data source as it came in.
///
/// @param head the request without its body; its path is `/data/{source}` and more
public record RetrievalAsked(Request head, String source, RequestBody body) {
  private static final int NAME_MAX = 256;

  /// "" where it is absent or too long to be meant.
  String header(String name) {
    return head.header(name).map(String::strip).filter(v -> v.length() <= NAME_MAX).orElse("");
  }
}
