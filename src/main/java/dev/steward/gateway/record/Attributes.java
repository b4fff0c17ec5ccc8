// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts attributes on a span; what is absent or empty is left out.
final class Attributes {
  private final Span.Builder span;

  Attributes(Span.Builder span) {
    this.span = span;
  }

  static KeyValue text(String name, String value) {
    return of(name, AnyValue.newBuilder().setStringValue(value));
  }

  void put(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      span.addAttributes(text(name, value));
    }
  }

  void put(String name, long value) {
    span.addAttributes(of(name, AnyValue.newBuilder().setIntValue(value)));
  }

  void put(String name, double value) {
    span.addAttributes(of(name, AnyValue.newBuilder().setDoubleValue(value)));
  }

  void put(String name, boolean value) {
    if (value) {
      span.addAttributes(of(name, AnyValue.newBuilder().setBoolValue(true)));
    }
  }

  void put(String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      values.forEach(v -> array.addValues(AnyValue.newBuilder().setStringValue(v)));
      span.addAttributes(of(name, AnyValue.newBuilder().setArrayValue(array)));
    }
  }

  /// A count that is left out where it is 0.
  void some(String name, long value) {
    if (value > 0) {
      put(name, value);
    }
  }

  private static KeyValue of(String name, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(name).setValue(value).build();
  }
}
