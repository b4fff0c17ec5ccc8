// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.delegation.Chain.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// What is kept of an agent's chain in a run, in a line: the mark, then agent and version of each
/// link.
///
/// @param mark of agent, environment and run
record ChainLine(String mark, Chain chain) {
  String text() {
    ArrayNode line = CanonicalJson.MAPPER.createArrayNode();
    line.add(mark);
    chain.links().forEach(link -> line.add(link.agent()).add(link.version()));
    return CanonicalJson.text(line);
  }

  /// Empty for a line that was cut off.
  static Optional<ChainLine> read(String line) {
    try {
      JsonNode parts = CanonicalJson.read(line);
      if (!parts.isArray() || parts.size() < 3 || parts.size() % 2 == 0) {
        return Optional.empty();
      }
      List<Link> links = new ArrayList<>();
      for (int i = 1; i < parts.size(); i += 2) {
        links.add(new Link(parts.get(i).asString(""), parts.get(i + 1).asString("")));
      }
      return Optional.of(new ChainLine(parts.get(0).asString(""), new Chain(links)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
