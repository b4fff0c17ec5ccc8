// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.util.HexFormat;
import java.util.Map;

/// One span before it is written for a wire.
///
/// @param parent empty for a root
/// @param attributes texts and whole numbers
record WireSpan(
    byte[] trace,
    byte[] id,
    byte[] parent,
    String name,
    String service,
    long startNanos,
    long endNanos,
    Map<String, Object> attributes) {

  String traceId() {
    return HexFormat.of().formatHex(trace);
  }
}
