// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.gateway.delegation.Chain.Link;
import dev.steward.trace.diary.DiaryLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is kept of an agent's chain in a run, in a line: the mark, then agent and version of each
/// link.
///
/// @param mark of agent, environment and run
record ChainLine(String mark, Chain chain) {
  String text() {
    List<String> fields = new ArrayList<>();
    fields.add(mark);
    for (Link link : chain.links()) {
      fields.add(link.agent());
      fields.add(link.version());
    }
    return DiaryLine.of(fields);
  }

  /// Empty for a line that was cut off.
  static Optional<ChainLine> read(String line) {
    return DiaryLine.fields(line)
        .filter(parts -> parts.size() >= 3 && parts.size() % 2 == 1)
        .map(ChainLine::of);
  }

  private static ChainLine of(List<String> parts) {
    List<Link> links = new ArrayList<>();
    for (int i = 1; i < parts.size(); i += 2) {
      links.add(new Link(parts.get(i), parts.get(i + 1)));
    }
    return new ChainLine(parts.getFirst(), new Chain(links));
  }
}
