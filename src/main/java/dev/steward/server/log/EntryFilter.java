// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Thing;
import java.util.Optional;

/// Which entries are wanted: by whom, and about what.
///
/// @param actor id, empty for anybody
/// @param thing part of a kind, name or id, empty for anything
record EntryFilter(Optional<String> actor, Optional<String> thing) {

  static EntryFilter of(Optional<String> actor, Optional<String> thing) {
    return new EntryFilter(
        actor.map(String::strip).filter(a -> !a.isEmpty()),
        thing.map(String::strip).filter(t -> !t.isEmpty()));
  }

  boolean all() {
    return actor.isEmpty() && thing.isEmpty();
  }

  /// Whether the entry is wanted; one that cannot be read is by nobody and about nothing.
  boolean matches(byte[] entry) {
    if (all()) {
      return true;
    }
    try {
      Envelope envelope = EnvelopeCodec.read(entry);
      return actor.map(envelope.actor().id()::equals).orElse(true)
          && thing
              .map(t -> envelope.events().stream().anyMatch(e -> Thing.of(e).contains(t)))
              .orElse(true);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
