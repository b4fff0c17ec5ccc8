// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.steward.gateway.approval.PeoplesTime;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  /// A text as it lies in a body, without making a text of it.
  void put(String name, Optional<ByteBuffer> utf8) {
    ByteString bytes = utf8.map(UnsafeByteOperations::unsafeWrap).orElse(ByteString.EMPTY);
    if (bytes.isValidUtf8()) {
      if (!bytes.isEmpty()) {
        span.addAttributes(of(name, AnyValue.newBuilder().setStringValueBytes(bytes)));
      }
    } else {
      put(name, bytes.toStringUtf8());
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

  /// What asking people took.
  void people(@Nullable Duration waited, @Nullable BigDecimal minutes) {
    if (waited != null) {
      put(PeoplesTime.WAITED, waited.toMillis());
    }
    if (minutes != null) {
      put(PeoplesTime.MINUTES, minutes.doubleValue());
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
