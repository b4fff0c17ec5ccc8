// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.JournalRecord.Signal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Rewrites an OTLP/JSON request as protobuf in one streaming pass, with the quirks that OTLP lays
/// over protobuf's JSON: ids in hex, enums as numbers, 64-bit numbers as strings or numbers,
/// unknown fields ignored.
final class JsonTranscoder {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(3 * WireScan.DEPTH_MAX)
                  .build())
          .build();

  private final JsonParser in;
  private final WireBuffer out;

  private JsonTranscoder(JsonParser in, WireBuffer out) {
    this.in = in;
    this.out = out;
  }

  /// @throws ApiException MALFORMED with the place
  static byte[] toProtobuf(Signal signal, byte[] json) {
    WireBuffer out = new WireBuffer(json.length / 2);
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
      try {
        in.nextToken();
        new JsonTranscoder(in, out).message(WireMessage.of(signal), 0);
        if (in.nextToken() != null) {
          throw new IllegalArgumentException("something follows the request");
        }
      } catch (IllegalArgumentException e) {
        throw malformed(in, String.valueOf(e.getMessage()), e);
      } catch (JacksonException e) {
        throw malformed(in, String.valueOf(e.getOriginalMessage()), e);
      }
    }
    return out.toBytes();
  }

  private static ApiException malformed(JsonParser in, String what, Throwable cause) {
    return new ApiException(
        ErrorCode.MALFORMED,
        "not an OTLP/JSON request: "
            + what
            + " (line "
            + in.currentLocation().getLineNr()
            + ", column "
            + in.currentLocation().getColumnNr()
            + ", at "
            + in.streamReadContext().pathAsPointer()
            + ")",
        cause);
  }

  private void message(WireMessage type, int depth) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("expected an object (" + type.name() + ")");
    }
    if (depth > WireScan.DEPTH_MAX) {
      throw new IllegalArgumentException(
          "nested deeper than " + WireScan.DEPTH_MAX + " messages (" + type.name() + ")");
    }
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      JsonToken token = in.nextToken();
      WireField field = type.field(name);
      if (field == null || token == JsonToken.VALUE_NULL) {
        in.skipChildren();
      } else if (!field.repeated()) {
        out.tag(field.number(), field.wireType());
        value(field, depth);
      } else if (token == JsonToken.START_ARRAY) {
        values(field, depth);
      } else {
        throw new IllegalArgumentException("expected an array");
      }
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new IllegalArgumentException("the request is cut off");
    }
  }

  private void values(WireField field, int depth) {
    boolean packed = field.wireType() != 2;
    int mark = 0;
    if (packed) {
      out.tag(field.number(), 2);
      mark = out.begin();
    }
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      if (token == null) {
        throw new IllegalArgumentException("the request is cut off");
      }
      if (!packed) {
        out.tag(field.number(), 2);
      }
      if (token == JsonToken.VALUE_NULL && field.child() != null) {
        out.varint(0);
      } else {
        value(field, depth);
      }
    }
    if (packed) {
      out.end(mark);
    }
  }

  private void value(WireField field, int depth) {
    switch (field.type()) {
      case MESSAGE, GROUP -> nested(field.child(), depth);
      case STRING -> out.delimited(JsonScalars.text(in).getBytes(StandardCharsets.UTF_8));
      case BYTES -> out.delimited(field.hex() ? JsonScalars.hex(in) : JsonScalars.base64(in));
      case BOOL -> out.varint(JsonScalars.truth(in) ? 1 : 0);
      case ENUM -> out.varint(JsonScalars.word(in, field.words()));
      case DOUBLE -> out.eight(Double.doubleToRawLongBits(JsonScalars.real(in)));
      case FLOAT -> out.four(Float.floatToRawIntBits((float) JsonScalars.real(in)));
      case INT64 -> out.varint(JsonScalars.whole(in, false));
      case UINT64 -> out.varint(JsonScalars.whole(in, true));
      case FIXED64 -> out.eight(JsonScalars.whole(in, true));
      case SFIXED64 -> out.eight(JsonScalars.whole(in, false));
      case SINT64 -> out.varint(zigzag(JsonScalars.whole(in, false)));
      case INT32 -> out.varint(signed32());
      case SINT32 -> out.varint(zigzag(signed32()));
      case SFIXED32 -> out.four((int) signed32());
      case UINT32 -> out.varint(unsigned32());
      case FIXED32 -> out.four((int) unsigned32());
    }
  }

  private void nested(@Nullable WireMessage type, int depth) {
    if (type == null) {
      throw new IllegalStateException("a message field without a message type");
    }
    int mark = out.begin();
    message(type, depth + 1);
    out.end(mark);
  }

  private long signed32() {
    return JsonScalars.within(JsonScalars.whole(in, false), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private long unsigned32() {
    return JsonScalars.within(JsonScalars.whole(in, false), 0, 0xFFFF_FFFFL);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }
}
