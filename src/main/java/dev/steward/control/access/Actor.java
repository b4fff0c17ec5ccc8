// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

/// Who wants a change: a person by random id, a key, or the server itself.
///
/// @param kind person, token, agent or system
public record Actor(String kind, String id) {
  public static final Actor SYSTEM = new Actor("system", "steward");

  /// Kind of an agent, on whose behalf the gateway acts.
  public static final String AGENT = "agent";

  public static Actor agent(String name) {
    return new Actor(AGENT, name);
  }

  public static Actor person(String id) {
    return new Actor("person", id);
  }

  public static Actor token(String id) {
    return new Actor("token", id);
  }

  @Override
  public String toString() {
    return kind + ":" + id;
  }
}
