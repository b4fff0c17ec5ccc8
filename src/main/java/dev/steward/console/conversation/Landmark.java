// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import java.util.List;

/// Something a reader of a run looks for, and the steps where it is.
///
/// @param name `Goal`, `Tool calls`, `Errors`
/// @param tone class of its colour, "" for none
/// @param count of all its steps
/// @param places the first of them
public record Landmark(String name, String tone, int count, List<Place> places) {
  public Landmark {
    places = List.copyOf(places);
  }

  Landmark called(String otherName) {
    return new Landmark(otherName, tone, count, places);
  }

  /// One step.
  ///
  /// @param number as people count
  public record Place(int number, String anchor, String spanId) {}
}
