// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.simulation;

/// The policies of the simulation, and what each means in the simulation's own words.
enum Rulebook {
  BY_AMOUNT(
      """
          - {tool: bank/balance, effect: allow}
          - {tool: bank/pay, effect: allow, when: "args.amount <= 10"}
          - {tool: bank/pay, effect: require_approval, fourEyes: false, expires: 1h, when: "args.amount > 10 && args.amount <= 100"}
      """),
  ASK_ALWAYS(
      """
          - {tool: bank/balance, effect: allow}
          - {tool: bank/pay, effect: require_approval, fourEyes: false, expires: 1h}
          - {tool: bank/wipe, effect: require_approval, fourEyes: false, expires: 1h}
      """),
  READ_ONLY(
      """
          - {tool: bank/balance, effect: allow}
          - {tool: bank/pay, effect: deny}
      """);

  private final String rules;

  Rulebook(String rules) {
    this.rules = rules;
  }

  enum Answer {
    ALLOW,
    ASK,
    DENY
  }

  String yaml() {
    return "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: bank}\nspec:\n  rules:\n"
        + rules.indent(0);
  }

  Answer of(String tool, int amount) {
    if (tool.equals("balance")) {
      return Answer.ALLOW;
    }
    return switch (this) {
      case BY_AMOUNT -> tool.equals("pay") ? byAmount(amount) : Answer.DENY;
      case ASK_ALWAYS -> Answer.ASK;
      case READ_ONLY -> Answer.DENY;
    };
  }

  private static Answer byAmount(int amount) {
    if (amount > 100) {
      return Answer.DENY;
    }
    return amount > 10 ? Answer.ASK : Answer.ALLOW;
  }
}
