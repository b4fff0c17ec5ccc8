// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.strand;

import java.util.List;
import java.util.Set;

/// A place in a conversation that a later request may go on from.
///
/// @param scope whose conversation it is
/// @param chain digest of everything up to here
/// @param stage how far the model has come here
/// @param calls ids of the tool calls that it asks for
/// @param links other names of the place: ids of responses
/// @param next digest of the first deed that followed, 0 while none has
public record Knot(
    String scope,
    long chain,
    Strand strand,
    Stage stage,
    Set<String> calls,
    List<String> links,
    long next) {
  public Knot {
    calls = Set.copyOf(calls);
    links = List.copyOf(links);
  }

  /// How far the model has come.
  public enum Stage {
    /// It has been asked.
    ASKED,
    /// It gave no answer.
    FAILED,
    /// It answered, and goes on once its tools have.
    CALLING,
    /// It said its last word.
    SAID;

    /// Whether the model has not said its last word.
    boolean open() {
      return this != SAID;
    }
  }

  Knot followedBy(long deed) {
    return new Knot(scope, chain, strand, stage, calls, links, next == 0 ? deed : next);
  }

  Knot at(Stage now, Set<String> asking) {
    return new Knot(scope, chain, strand, now, asking, links, next);
  }

  /// Whether a request that answers these calls may go on from here: the model gives each call an
  /// id of its own, so ids tell two runs apart that went alike. Ids that nobody knows were given
  /// anew by the client, as on its way to another dialect.
  boolean fits(Set<String> answered, boolean known) {
    return !known || calls.isEmpty() || calls.stream().anyMatch(answered::contains);
  }
}
