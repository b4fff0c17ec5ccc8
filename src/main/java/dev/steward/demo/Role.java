// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

/// A scripted agent: it plays one run at a time, a different story each time.
interface Role {
  /// The name it is registered under, or sends under without being registered.
  String agent();

  /// How many runs it plays on a weekday.
  int runsPerDay();

  /// Whether the manifests register it.
  default boolean registered() {
    return true;
  }

  void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException;

  /// Which story this is, counted over all of the agent's runs, and how far the days have gone.
  ///
  /// @param day from 0, the first day of the history
  record StoryNumber(int day, int run) {
    /// Whether this run is every n-th, shifted by an offset.
    boolean isEvery(int n, int offset) {
      return run % n == offset;
    }
  }
}
