// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import java.nio.charset.StandardCharsets;

/// Elements of a JSON array that comes bit by bit; what stands around them is a part too, without
/// JSON.
final class ElementSplitter extends Splitter implements Part.Form {
  private static final byte[] NONE = {};

  @Override
  int end(byte[] bytes, int from) {
    if (from == bytes.length) {
      return from;
    }
    if (bytes[from] != '{') {
      int at = from;
      while (at < bytes.length && bytes[at] != '{') {
        at++;
      }
      return at;
    }
    int depth = 0;
    boolean text = false;
    for (int at = from; at < bytes.length; at++) {
      switch (bytes[at]) {
        case '"' -> text = !text;
        case '\\' -> at += text ? 1 : 0;
        case '{', '[' -> depth += text ? 0 : 1;
        case '}', ']' -> depth -= text ? 0 : 1;
        default -> {
          continue;
        }
      }
      if (depth == 0 && !text) {
        return at + 1;
      }
    }
    return from;
  }

  @Override
  Part part(byte[] raw) {
    Json json = Json.read(raw[0] == '{' ? raw : NONE).orElse(Json.ABSENT);
    return new Part(raw, "", json, json, this);
  }

  @Override
  public byte[] with(Part part, byte[] json) {
    return json;
  }

  @Override
  public byte[] fresh(Part part, String name, String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
