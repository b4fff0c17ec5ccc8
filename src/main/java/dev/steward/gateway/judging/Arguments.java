// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.judging;

import dev.steward.control.json.PlainValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The arguments of a call as policy looks at them.
public final class Arguments {
  private Arguments() {}

  public static Map<String, @Nullable Object> of(JsonNode object) {
    return PlainValues.of(object);
  }
}
