// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.framing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// One message of `application/vnd.amazon.eventstream`: total length, length of the headers, a CRC
/// of both, headers, payload, a CRC of all, big-endian.
///
/// @param headers those of type string alone
public record EventFrame(Map<String, String> headers, byte[] payload) {
  private static final int PRELUDE = 12;
  private static final int CRC = 4;
  private static final int STRING = 7;
  private static final int FRAME_MAX = 24 << 20;

  /// The whole frames in the bytes; what is cut off at the end or unreadable is left out.
  public static List<EventFrame> read(byte[] bytes) {
    List<EventFrame> frames = new ArrayList<>();
    int at = 0;
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (bytes.length - at >= PRELUDE + CRC) {
        int total = in.readInt();
        int heads = in.readInt();
        in.readInt();
        if (total < PRELUDE + CRC + heads || heads < 0 || total > bytes.length - at) {
          break;
        }
        byte[] head = in.readNBytes(heads);
        byte[] payload = in.readNBytes(total - PRELUDE - CRC - heads);
        in.readInt();
        frames.add(new EventFrame(headers(head), payload));
        at += total;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
    return frames;
  }

  /// How many bytes at the beginning are whole frames.
  static int whole(byte[] bytes, int length) {
    int at = 0;
    while (length - at >= PRELUDE) {
      int total =
          (bytes[at] & 0xff) << 24
              | (bytes[at + 1] & 0xff) << 16
              | (bytes[at + 2] & 0xff) << 8
              | (bytes[at + 3] & 0xff);
      if (total < PRELUDE + CRC || total > FRAME_MAX) {
        return length;
      }
      if (total > length - at) {
        break;
      }
      at += total;
    }
    return at;
  }

  /// The bytes of a frame with headers of type string.
  public static byte[] write(Map<String, String> headers, byte[] payload) {
    ByteArrayOutputStream heads = new ByteArrayOutputStream();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (DataOutputStream head = new DataOutputStream(heads);
        DataOutputStream out = new DataOutputStream(frame)) {
      for (Map.Entry<String, String> header : new TreeMap<>(headers).entrySet()) {
        byte[] name = header.getKey().getBytes(StandardCharsets.UTF_8);
        byte[] value = header.getValue().getBytes(StandardCharsets.UTF_8);
        head.writeByte(name.length);
        head.write(name);
        head.writeByte(STRING);
        head.writeShort(value.length);
        head.write(value);
      }
      out.writeInt(PRELUDE + heads.size() + payload.length + CRC);
      out.writeInt(heads.size());
      out.writeInt(crc(frame.toByteArray()));
      out.write(heads.toByteArray());
      out.write(payload);
      out.writeInt(crc(frame.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return frame.toByteArray();
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static Map<String, String> headers(byte[] bytes) throws IOException {
    Map<String, String> headers = new HashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        String name = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        int type = in.readUnsignedByte();
        if (type == STRING || type == 6) {
          byte[] value = in.readNBytes(in.readUnsignedShort());
          if (type == STRING) {
            headers.put(name, new String(value, StandardCharsets.UTF_8));
          }
        } else {
          in.skipNBytes(lengthOf(type));
        }
      }
    }
    return headers;
  }

  /// Bytes of a value whose type says its length: two booleans, byte, short, int, long, timestamp,
  /// UUID.
  private static int lengthOf(int type) throws IOException {
    return switch (type) {
      case 0, 1 -> 0;
      case 2 -> 1;
      case 3 -> 2;
      case 4 -> 4;
      case 5, 8 -> 8;
      case 9 -> 16;
      default -> throw new IOException("no type " + type + " in an event stream");
    };
  }
}
