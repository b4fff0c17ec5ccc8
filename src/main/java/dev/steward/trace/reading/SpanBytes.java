// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Where the spans of a request lie in its bytes, in order.
final class SpanBytes {
  private static final int[] WAY = {
    ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER,
    ResourceSpans.SCOPE_SPANS_FIELD_NUMBER,
    ScopeSpans.SPANS_FIELD_NUMBER
  };

  private static final int TAG_TYPE_BITS = 3;

  private final byte[] payload;
  private final CodedInputStream in;
  private final List<ByteBuffer> spans = new ArrayList<>();

  private SpanBytes(byte[] payload) {
    this.payload = payload;
    this.in = CodedInputStream.newInstance(payload);
  }

  static List<ByteBuffer> of(byte[] payload) {
    SpanBytes bytes = new SpanBytes(payload);
    try {
      bytes.walk(0);
    } catch (IOException e) {
      throw new UncheckedIOException("a request that was read cannot be read again", e);
    }
    return bytes.spans;
  }

  private void walk(int depth) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != (WAY[depth] << TAG_TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        in.skipField(tag);
        continue;
      }
      int length = in.readRawVarint32();
      if (depth == WAY.length - 1) {
        spans.add(ByteBuffer.wrap(payload, in.getTotalBytesRead(), length));
        in.skipRawBytes(length);
      } else {
        int limit = in.pushLimit(length);
        walk(depth + 1);
        in.popLimit(limit);
      }
    }
  }
}
