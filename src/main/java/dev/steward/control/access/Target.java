// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

/// What a permission is asked for; an empty part is not one thing but any.
///
/// @param team value of the label `team`
public record Target(String team, String agent, String environment) {
  /// The server itself: only a role without a scope reaches it.
  public static final Target SERVER = new Target("", "", "");

  public static Target agent(String agent, String team) {
    return new Target(team, agent, "");
  }

  public static Target agent(String agent, String team, String environment) {
    return new Target(team, agent, environment);
  }

  public static Target team(String team) {
    return new Target(team, "", "");
  }
}
