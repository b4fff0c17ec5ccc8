// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import dev.steward.domain.Digest;
import java.nio.charset.StandardCharsets;

/// One message of a conversation as canonical JSON of the GenAI conventions: an object with `role`
/// and `parts`. Stored once per day and hash.
public record Message(Digest hash, String json) {
  public static Message of(String json) {
    return new Message(Digest.of(json), json);
  }

  public byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
