// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Where the answer to a model call is written. It is begun once.
public interface Answer {
  /// The length of a body that is written bit by bit until it ends.
  long UNTIL_CLOSED = -1;

  /// Sends status and headers; the body follows. Every flush reaches the client. Closing it sends
  /// the end; an answer that is not closed, because of an exception, is seen to be broken off.
  ///
  /// @param length bytes of the body, or `UNTIL_CLOSED`
  OutputStream begin(int status, List<Header> headers, long length) throws IOException;

  /// Sends a whole answer.
  default void whole(int status, List<Header> headers, byte[] body) throws IOException {
    OutputStream out = begin(status, headers, body.length);
    out.write(body);
    out.close();
  }
}
