// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where an answer is cut on its way from the provider.
enum Pieces {
  WHOLE,
  BYTES,
  /// Within the characters that are more than one byte.
  MID_UTF8,
  /// Within the word `data:`, and in the middle of what has none.
  MID_DATA;

  List<byte[]> of(byte[] body) {
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    for (int at = 1; at < body.length; at++) {
      if (cuts(body, at)) {
        pieces.add(Arrays.copyOfRange(body, from, at));
        from = at;
      }
    }
    pieces.add(Arrays.copyOfRange(body, from, body.length));
    return pieces;
  }

  private boolean cuts(byte[] body, int at) {
    return switch (this) {
      case WHOLE -> false;
      case BYTES -> true;
      case MID_UTF8 -> (body[at] & 0xc0) == 0x80;
      case MID_DATA ->
          at == body.length / 2
              || (body[at - 1] == 'a' && body[at] == 't' && body[at - 2 < 0 ? 0 : at - 2] == 'd');
    };
  }
}
