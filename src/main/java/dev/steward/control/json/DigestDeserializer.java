// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.json;

import dev.steward.domain.Digest;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/// Reads a digest from its hex characters.
final class DigestDeserializer extends StdDeserializer<Digest> {
  DigestDeserializer() {
    super(Digest.class);
  }

  @Override
  public Digest deserialize(JsonParser in, DeserializationContext context) {
    return new Digest(in.getString());
  }
}
