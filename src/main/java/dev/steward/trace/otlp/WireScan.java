// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.JournalRecord.Signal;

/// One pass over the bytes of a protobuf request that finds, without building an object, everything
/// that reading it later would trip over: truncation, bad tags and lengths, depth, text that is not
/// UTF-8. It counts the items and the spans without an identity.
///
/// Bytes that are not UTF-8 do not refuse the request: each is replaced by `?` in a copy, because
/// some SDKs cut long texts in the middle of a character and one such text must not cost a batch.
final class WireScan {
  /// Levels of messages within messages; `OtlpRequests` reads a little deeper than this.
  static final int DEPTH_MAX = 200;

  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;

  private byte[] bytes;
  private int at;
  private int items;
  private int unidentified;
  private int repaired;

  private WireScan(byte[] bytes) {
    this.bytes = bytes;
  }

  static WireScan of(Signal signal, byte[] bytes) {
    WireScan scan = new WireScan(bytes);
    scan.message(WireMessage.of(signal), bytes.length, 0);
    return scan;
  }

  /// The request: the array that was given unless texts had to be repaired.
  byte[] bytes() {
    return bytes;
  }

  int items() {
    return items;
  }

  /// Spans whose trace id or span id is missing, short, long or zero.
  int unidentified() {
    return unidentified;
  }

  /// Bytes replaced because they were not UTF-8.
  int repaired() {
    return repaired;
  }

  private void message(WireMessage type, int end, int depth) {
    if (depth > DEPTH_MAX) {
      throw malformed(type, "nested deeper than " + DEPTH_MAX + " messages");
    }
    boolean traceIdGood = false;
    boolean spanIdGood = false;
    while (at < end) {
      int tag = tag(type, end);
      WireField field = type.field(tag >>> 3);
      switch (tag & 7) {
        case 0 -> varint(type, end);
        case 1 -> skip(type, Long.BYTES, end);
        case 5 -> skip(type, Integer.BYTES, end);
        case 2 -> {
          int valueEnd = length(type, end);
          if (type.span() && field != null && field.number() == TRACE_ID) {
            traceIdGood = identity(16, valueEnd);
          } else if (type.span() && field != null && field.number() == SPAN_ID) {
            spanIdGood = identity(8, valueEnd);
          } else if (field != null) {
            value(type, field, valueEnd, depth);
          }
          at = valueEnd;
        }
        default -> throw malformed(type, "wire type " + (tag & 7) + " is not used by OTLP");
      }
    }
    if (type.item()) {
      items++;
      if (type.span() && !(traceIdGood && spanIdGood)) {
        unidentified++;
      }
    }
  }

  private void value(WireMessage type, WireField field, int end, int depth) {
    WireMessage child = field.child();
    if (child != null) {
      message(child, end, depth + 1);
    } else if (field.text()) {
      repair(end);
    } else if (field.repeated()) {
      packed(type, field, end);
    }
  }

  private void repair(int end) {
    int from = at;
    for (int bad = Utf8.firstInvalid(bytes, from, end); bad >= 0; ) {
      if (repaired++ == 0) {
        bytes = bytes.clone();
      }
      bytes[bad] = '?';
      bad = Utf8.firstInvalid(bytes, bad + 1, end);
    }
  }

  private void packed(WireMessage type, WireField field, int end) {
    while (at < end) {
      switch (field.wireType()) {
        case 1 -> skip(type, Long.BYTES, end);
        case 5 -> skip(type, Integer.BYTES, end);
        case 0 -> varint(type, end);
        default -> at = end;
      }
    }
  }

  private boolean identity(int size, int end) {
    if (end - at != size) {
      return false;
    }
    int bits = 0;
    for (int i = at; i < end; i++) {
      bits |= bytes[i];
    }
    return bits != 0;
  }

  private int tag(WireMessage type, int end) {
    long tag = varint(type, end);
    if (tag >>> 32 != 0 || tag >>> 3 == 0) {
      throw malformed(type, "no field has the tag " + Long.toUnsignedString(tag));
    }
    return (int) tag;
  }

  private int length(WireMessage type, int end) {
    long length = varint(type, end);
    if (length < 0 || length > end - at) {
      throw malformed(
          type,
          "a field claims "
              + Long.toUnsignedString(length)
              + " bytes where "
              + (end - at)
              + " are left");
    }
    return at + (int) length;
  }

  private long varint(WireMessage type, int end) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw malformed(type, "cut off inside a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed(type, "a number of more than ten bytes");
  }

  private void skip(WireMessage type, int count, int end) {
    if (end - at < count) {
      throw malformed(type, "cut off inside a number");
    }
    at += count;
  }

  private ApiException malformed(WireMessage type, String what) {
    return new ApiException(
        ErrorCode.MALFORMED,
        "not an OTLP protobuf request: "
            + what
            + " (byte "
            + at
            + ", in "
            + type.name()
            + "); check the Content-Type and that the body is sent whole");
  }
}
