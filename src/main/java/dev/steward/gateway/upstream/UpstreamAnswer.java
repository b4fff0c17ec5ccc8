// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.gateway.wire.Header;
import java.io.InputStream;
import java.util.List;

/// What a provider answers: its status and headers, and a body that may still be on its way.
/// Closing it before its end ends the provider's work.
///
/// @param length of the body, -1 where it is not said
public record UpstreamAnswer(
    int status, List<Header> headers, long length, InputStream body, Runnable ending)
    implements AutoCloseable {

  @Override
  public void close() {
    ending.run();
  }
}
