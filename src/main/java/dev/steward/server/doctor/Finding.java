// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

/// One thing that was looked at.
///
/// @param what was looked at
/// @param saw in words
/// @param next what to do about it, "" when nothing
public record Finding(State state, String what, String saw, String next) {

  /// How it stands.
  public enum State {
    OK,
    TO_DO,
    WRONG
  }

  static Finding ok(String what, String saw) {
    return new Finding(State.OK, what, saw, "");
  }

  static Finding toDo(String what, String saw, String next) {
    return new Finding(State.TO_DO, what, saw, next);
  }

  static Finding wrong(String what, String saw, String next) {
    return new Finding(State.WRONG, what, saw, next);
  }
}
