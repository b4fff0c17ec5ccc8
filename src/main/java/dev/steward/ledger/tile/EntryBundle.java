// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Neighbouring entries in one file: each behind its length in two bytes.
public final class EntryBundle {
  /// The longest entry that a bundle can hold.
  public static final int ENTRY_BYTES_MAX = (1 << 16) - 1;

  private EntryBundle() {}

  public static byte[] encode(List<byte[]> entries) {
    ByteBuffer bundle =
        ByteBuffer.allocate(entries.stream().mapToInt(entry -> 2 + entry.length).sum());
    for (byte[] entry : entries) {
      if (entry.length > ENTRY_BYTES_MAX) {
        throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
      }
      bundle.putShort((short) entry.length).put(entry);
    }
    return bundle.array();
  }

  public static List<byte[]> decode(byte[] bundle) {
    ByteBuffer rest = ByteBuffer.wrap(bundle);
    List<byte[]> entries = new ArrayList<>();
    while (rest.hasRemaining()) {
      int length = rest.remaining() < 2 ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
      if (length > rest.remaining()) {
        throw new IllegalArgumentException("the bundle is cut off in entry " + entries.size());
      }
      byte[] entry = new byte[length];
      rest.get(entry);
      entries.add(entry);
    }
    return entries;
  }
}
