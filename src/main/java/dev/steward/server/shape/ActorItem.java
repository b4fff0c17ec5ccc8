// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.control.access.Actor;

/// Who did something.
///
/// @param kind person, token, agent or system
public record ActorItem(String kind, String id) {
  public static ActorItem of(Actor actor) {
    return new ActorItem(actor.kind(), actor.id());
  }
}
