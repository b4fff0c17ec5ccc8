// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.budget.WindowKey;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.kind.Kinds;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.Node;
import dev.steward.domain.resource.Budget;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// More for one window of a budget, as somebody wants it.
///
/// @param budget as it is declared
public record MoreMoney(Budget budget, WindowKey window, BigDecimal amount, String reason) {
  ObjectNode json() {
    ObjectNode node = CanonicalJson.object();
    node.set("budget", Kinds.write(budget));
    return node.put("period", window.period()).put("amount", amount).put("reason", reason);
  }

  static MoreMoney read(JsonNode node) {
    Flaws flaws = new Flaws();
    if (Kinds.read(Node.of(node.path("budget")), flaws).orElse(null) instanceof Budget budget) {
      return new MoreMoney(
          budget,
          new WindowKey(budget.name(), budget.limit().unit(), node.path("period").stringValue()),
          node.path("amount").decimalValue(),
          node.path("reason").stringValue());
    }
    throw new IllegalStateException("a proposal is wrong: " + flaws.found());
  }
}
