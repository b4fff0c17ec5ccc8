// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.domain.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// The body of a call in what people are asked: its text where they can read it, else its digest.
public final class WishBody {
  private static final int READ_MAX = 16 << 10;

  private WishBody() {}

  public static void put(ObjectNode wish, byte[] body) {
    if (body.length == 0) {
      return;
    }
    try {
      if (body.length <= READ_MAX) {
        wish.put(
            "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        return;
      }
    } catch (CharacterCodingException _) {
      // It is no text.
    }
    wish.put("bytes", body.length).put("sha256", Digest.of(body).hex());
  }
}
