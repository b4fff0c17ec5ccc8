// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import org.jspecify.annotations.Nullable;

/// One field of a wire message, reduced to what reading and writing bytes needs.
///
/// @param child the message type of a message field, else null
/// @param hex whether JSON writes these bytes as hex: the ids of traces and spans
record WireField(
    String name,
    int number,
    FieldDescriptor.Type type,
    boolean repeated,
    boolean hex,
    @Nullable WireMessage child,
    @Nullable EnumDescriptor words) {

  /// The wire type of one value: 0 varint, 1 eight bytes, 2 delimited, 5 four bytes.
  int wireType() {
    return switch (type) {
      case DOUBLE, FIXED64, SFIXED64 -> 1;
      case FLOAT, FIXED32, SFIXED32 -> 5;
      case STRING, BYTES, MESSAGE, GROUP -> 2;
      case INT64, UINT64, INT32, UINT32, BOOL, ENUM, SINT32, SINT64 -> 0;
    };
  }

  boolean text() {
    return type == FieldDescriptor.Type.STRING;
  }
}
