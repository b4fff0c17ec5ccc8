// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array that protobuf is written into. A nested message is written in place first and
/// moved up by the size of its length when it ends.
final class WireBuffer {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  WireBuffer(int capacity) {
    bytes = new byte[Math.max(64, capacity)];
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void tag(int number, int wireType) {
    varint((long) number << 3 | wireType);
  }

  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void eight(long value) {
    room(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  void four(int value) {
    room(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /// Length and bytes.
  void delimited(byte[] value) {
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /// Starts a nested message.
  ///
  /// @return the mark that `end` wants
  int begin() {
    return size;
  }

  void end(int mark) {
    int length = size - mark;
    int width = Math.max(1, (38 - Integer.numberOfLeadingZeros(length)) / 7);
    room(width);
    System.arraycopy(bytes, mark, bytes, mark + width, length);
    size = mark;
    varint(length);
    size = mark + width + length;
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
    }
  }
}
