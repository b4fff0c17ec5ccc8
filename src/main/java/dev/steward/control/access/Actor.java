// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

/// Who wants a change: a person by random id, a key, or the server itself.
///
/// @param kind person, token, agent or system
public record Actor(String kind, String id) {
  public static final Actor SYSTEM = new Actor("system", "steward");

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
