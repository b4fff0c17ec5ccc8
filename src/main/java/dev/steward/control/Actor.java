// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

/// Who wants a change: a person by random id, a key, or the server itself.
///
/// @param kind person, token, agent or system
public record Actor(String kind, String id) {
  public static final Actor SYSTEM = new Actor("system", "steward");
}
