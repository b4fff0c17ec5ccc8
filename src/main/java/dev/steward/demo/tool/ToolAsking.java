// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.tool;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A tool call as an agent makes it.
///
/// @param tool with the name of its server, such as `payments__refund`
/// @param place what it says of its place in the run, as `_meta` of the call
public record ToolAsking(String tool, JsonNode arguments, Map<String, String> place) {
  public ToolAsking {
    place = Map.copyOf(place);
  }
}
