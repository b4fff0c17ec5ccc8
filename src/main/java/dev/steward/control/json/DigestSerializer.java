// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.json;

import dev.steward.domain.Digest;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/// Writes a digest as its hex characters.
final class DigestSerializer extends StdSerializer<Digest> {
  DigestSerializer() {
    super(Digest.class);
  }

  @Override
  public void serialize(Digest digest, JsonGenerator out, SerializationContext context) {
    out.writeString(digest.hex());
  }
}
