// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import java.util.List;

/// One record to be logged.
///
/// @param data at most 64 KiB - 1 by the tile format
/// @param bodies larger bytes that the data names by their SHA-256; they are kept in the same
///   transaction
public record Entry(byte[] data, List<byte[]> bodies) {
  public static Entry of(byte[] data) {
    return new Entry(data, List.of());
  }
}
