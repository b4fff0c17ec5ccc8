// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

/// Turns the answers to one translated request into the caller's dialect.
public interface Answers {

  /// An answer that came whole, whatever its status. A body that cannot be read becomes an error in
  /// the caller's dialect.
  Whole whole(int status, byte[] body);

  /// A new translation of one stream of server-sent events.
  Stream stream();

  /// A whole answer in the caller's dialect, always JSON.
  record Whole(int status, byte[] body) {}

  /// One stream on its way to the caller. Used by one thread. After its end it gives no more bytes.
  interface Stream {

    /// The events for the caller that follow from this one, often none.
    ///
    /// @param name the upstream's `event:` line, "" where there was none
    /// @param data its `data:` lines
    byte[] event(String name, byte[] data);

    /// The upstream has ended. What is still owed to the caller: the end of its dialect, or an
    /// error where the answer was not complete.
    byte[] end();

    /// The upstream has died or was cut: the caller's dialect says so, with this reason.
    byte[] failed(String reason);
  }
}
