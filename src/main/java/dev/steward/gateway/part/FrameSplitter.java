// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import dev.steward.gateway.framing.EventFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Messages of `application/vnd.amazon.eventstream`.
final class FrameSplitter extends Splitter implements Part.Form {
  private static final String EVENT = ":event-type";
  private static final int LENGTH = 4;
  private static final int FRAME_MIN = 16;

  @Override
  int end(byte[] bytes, int from) {
    if (bytes.length - from < LENGTH) {
      return from;
    }
    int length = ByteBuffer.wrap(bytes, from, LENGTH).getInt();
    if (length < FRAME_MIN || length > PART_BYTES_MAX) {
      // It is no frame, and nothing behind it can be found.
      return bytes.length;
    }
    return length > bytes.length - from ? from : from + length;
  }

  @Override
  Part part(byte[] raw) {
    List<EventFrame> frames = EventFrame.read(raw);
    if (frames.size() != 1) {
      return new Part(raw, "", Json.ABSENT, Json.ABSENT, this);
    }
    EventFrame frame = frames.getFirst();
    Json json = Json.read(frame.payload()).orElse(Json.ABSENT);
    return new Part(raw, frame.headers().getOrDefault(EVENT, ""), json, json, this);
  }

  @Override
  public byte[] with(Part part, byte[] json) {
    return EventFrame.write(headers(part), json);
  }

  @Override
  public byte[] fresh(Part part, String name, String json) {
    Map<String, String> headers = new HashMap<>(headers(part));
    headers.put(EVENT, name);
    return EventFrame.write(headers, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(Part part) {
    return EventFrame.read(part.raw()).getFirst().headers();
  }
}
