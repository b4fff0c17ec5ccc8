// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A run as steps in order.
public sealed interface Told permits Conversation, LongConversation {

  int size();

  /// Spans that are no step: frameworks' own wrapping. The waterfall has them.
  int leftOut();

  /// Steps with text cut to what a page can bear.
  ///
  /// @param from index of the first, from 0
  List<Step> steps(int from, int limit);

  /// The steps of one span, whole.
  List<Step> whole(String spanId);

  /// Index of the first step of a span, -1 when it has none.
  int indexOf(String spanId);

  /// Where a reader finds what they look for.
  List<Landmark> landmarks();

  /// The step at a place that `landmarks` named.
  Optional<Step> step(Landmark.Place place);

  /// How many steps there are besides those at these places.
  int besides(Set<Landmark.Place> places);
}
