// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.ruling;

import dev.steward.gateway.part.Part;
import java.io.ByteArrayOutputStream;

/// A stream of one dialect on its way, as far as its tool calls are concerned. One thread uses it.
public interface CallStream {
  /// Takes the next part, and gives what can go on by now.
  void take(Part part, ByteArrayOutputStream out);

  /// The provider has ended: whatever is not over is over now.
  void end(ByteArrayOutputStream out);
}
