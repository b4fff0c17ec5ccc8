// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.RefusedException;
import java.util.List;

/// A scripted agent: it plays one run at a time, a different story each time.
interface Role {
  /// The name it is registered under, or sends under without being registered.
  String agent();

  /// How many runs it plays on a weekday.
  int runsPerDay();

  /// How many runs it tells of each day before.
  default int toldPerDay() {
    return runsPerDay();
  }

  /// Whether the manifests register it.
  default boolean registered() {
    return true;
  }

  /// Where it lives.
  default String environment() {
    return Fleet.ENVIRONMENT;
  }

  /// Whether it tells of the days before.
  default boolean remembers() {
    return true;
  }

  /// Names of the tools that its model may ask for.
  List<String> tools();

  /// Whether it has its model answer bit by bit.
  default boolean streams() {
    return true;
  }

  /// The stories that its live part begins with, all at once.
  ///
  /// @param from number of the first live run
  default List<Integer> opening(int from) {
    return List.of(from);
  }

  /// @throws RefusedException when the gateway ends the run; its spans have ended by then
  void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException;

  /// Which story this is, counted over all of the agent's runs, and how far the days have gone.
  ///
  /// @param day from 0, the first day of the history
  /// @param opening whether the live part begins with it
  record StoryNumber(int day, int run, boolean opening) {
    StoryNumber(int day, int run) {
      this(day, run, false);
    }

    /// Whether this run is every n-th, shifted by an offset.
    boolean isEvery(int n, int offset) {
      return run % n == offset;
    }

    /// The first run from one on that is every n-th, shifted by an offset.
    static int next(int from, int n, int offset) {
      return from + Math.floorMod(offset - from, n);
    }
  }
}
