// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;

/// The messages of one answer, read as they come.
public final class RpcStream {
  private final @Nullable SseLines events;
  private final @Nullable InputStream json;
  private @Nullable MappingIterator<JsonNode> values;

  private RpcStream(@Nullable SseLines events, @Nullable InputStream json) {
    this.events = events;
    this.json = json;
  }

  /// Of server-sent events.
  public static RpcStream events(InputStream in, int bytesMax) {
    return new RpcStream(new SseLines(in, bytesMax), null);
  }

  /// Of JSON: one message, or several one after the other as some servers send.
  public static RpcStream values(InputStream in, int bytesMax) {
    return new RpcStream(null, new BoundedStream(in, bytesMax));
  }

  /// The next message, null at the end.
  ///
  /// @throws RpcException when it is none
  public @Nullable RpcMessage next() throws IOException {
    try {
      if (json != null) {
        MappingIterator<JsonNode> each = values(json);
        return each.hasNextValue() ? RpcMessage.of(each.nextValue()) : null;
      }
      while (events != null) {
        String data = events.next();
        if (data == null) {
          return null;
        }
        if (!data.isBlank()) {
          return RpcMessage.of(RpcJson.read(data));
        }
      }
      return null;
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new RpcException(RpcError.parse(e.getOriginalMessage()), e);
    }
  }

  /// To make it reads already, so it is made when the first value is asked for.
  private MappingIterator<JsonNode> values(InputStream of) {
    MappingIterator<JsonNode> made = values;
    if (made == null) {
      made = RpcJson.SEQUENCE.readerFor(JsonNode.class).readValues(of);
      values = made;
    }
    return made;
  }

  /// The id of the last event, "" where they have none.
  public String lastId() {
    return events == null ? "" : events.lastId();
  }

  /// How long the sender asks to wait before one reads on, -1 where it does not say.
  public long retryMillis() {
    return events == null ? -1 : events.retryMillis();
  }

  /// A stream that fails where it is longer than allowed.
  private static final class BoundedStream extends InputStream {
    private final InputStream in;
    private long left;

    private BoundedStream(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      return count(in.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = in.read(into, offset, length);
      return count(read, read);
    }

    private int count(int result, int bytes) throws IOException {
      if (result >= 0) {
        left -= bytes;
        if (left < 0) {
          throw new IOException("the answer is larger than allowed");
        }
      }
      return result;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
