// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

/// One call at a tool server, which takes a place there until it is left. What is said first of how
/// it went counts; a call that is left without a word, such as one that was cut, says nothing of
/// the server.
public interface Visit {
  /// What takes no place, and is not counted.
  Visit NONE =
      new Visit() {
        @Override
        public void began() {}

        @Override
        public void answered() {}

        @Override
        public void troubled(String reason) {}

        @Override
        public void failed(String reason) {}

        @Override
        public void leave() {}
      };

  /// Its answer has begun.
  void began();

  /// Its result is there.
  void answered();

  /// It was answered by a server that is well, and cannot be used like this.
  void troubled(String reason);

  /// The server failed it.
  void failed(String reason);

  /// Frees the place, once.
  void leave();
}
