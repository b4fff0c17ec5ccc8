// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.connection;

import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import org.jspecify.annotations.Nullable;

/// What a server sends for one request, or of its own accord, as it comes. Closing it before its
/// end tells a modern server to stop.
public interface Answers extends AutoCloseable {
  /// Whether the server answers with a stream, so that more than a response may come.
  boolean streaming();

  /// The next message, null at the end. It blocks; a `CutException` of the call passes through.
  ///
  /// @throws ToolServerException when it broke off or makes no sense
  @Nullable RpcMessage next() throws ToolServerException;

  /// Says what to do in a pause that the server asks for, after which it goes on; without it the
  /// pause is slept through.
  default void pausing(Pausing how) {}

  /// A pause in the middle of a stream.
  @FunctionalInterface
  interface Pausing {
    /// Returns when it is over, or when there is a reason to ask the server at once.
    void pause(long millis) throws InterruptedException;
  }

  @Override
  void close();
}
