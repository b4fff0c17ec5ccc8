// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.relay.Relayed.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Passes an answer on as it comes, in whole parts, and keeps a copy. Every byte that the provider
/// sent reaches the client, but for parts that a filter holds back.
public final class Relay {
  private static final int READ_BYTES = 16 << 10;

  /// A part that is larger is passed on in pieces.
  private static final int PART_BYTES_MAX = 1 << 20;

  private static final int COPY_BYTES_MAX = 16 << 20;

  private final Streams streams;
  private final InstantSource clock;

  public Relay(Streams streams, InstantSource clock) {
    this.streams = streams;
    this.clock = clock;
  }

  /// Holds back parts of a stream.
  @FunctionalInterface
  public interface Filter {
    /// What of these whole parts the client gets.
    byte[] pass(byte[] parts);

    /// Everything passes.
    Filter NONE = parts -> parts;
  }

  /// Passes the answer on until it ends, one way or the other. The client's stream stays open, so
  /// that an error can follow.
  ///
  /// @param heard told how many more parts have come; of a stream of events each is a token or so
  /// @param lastWords that any thread may write when the call is cut, null where none can be known
  public Relayed pass(
      InputStream from,
      OutputStream to,
      Framing framing,
      Filter filter,
      Duration idleMax,
      Cuttable call,
      LongConsumer heard,
      @Nullable Supplier<byte[]> lastWords) {
    ClientStream client =
        new ClientStream(to, streams.nanos(), () -> call.cut(Cuttable.Why.CLIENT_GONE));
    Streams.Watched watched = streams.watch(client, call, framing == Framing.SSE, idleMax);
    Passing passing = new Passing(from, client, framing, filter, watched, heard);
    if (lastWords != null) {
      call.parting(() -> client.part(lastWords));
    }
    try {
      Ending own = passing.run(call);
      Ending ending = client.leave() ? own : new Ending.Cut(true);
      return new Relayed(passing.copy.bytes(), passing.copy.whole(), passing.firstByte, ending);
    } finally {
      call.parting(null);
      streams.forget(watched);
    }
  }

  /// One answer on its way.
  private final class Passing {
    private final InputStream from;
    private final ClientStream client;
    private final Framing framing;
    private final Filter filter;
    private final Streams.Watched watched;
    private final LongConsumer heard;
    private final Copy copy = new Copy(COPY_BYTES_MAX);
    private byte[] held = new byte[READ_BYTES];
    private int length;
    private @Nullable Instant firstByte;

    private Passing(
        InputStream from,
        ClientStream client,
        Framing framing,
        Filter filter,
        Streams.Watched watched,
        LongConsumer heard) {
      this.from = from;
      this.client = client;
      this.framing = framing;
      this.filter = filter;
      this.watched = watched;
      this.heard = heard;
    }

    private Ending run(Cuttable call) {
      try {
        while (true) {
          makeRoom();
          int count = call.waiting(() -> from.read(held, length, held.length - length));
          if (count < 0) {
            give(length);
            client.flush();
            return client.left() ? new Ending.ClientGone() : new Ending.Complete();
          }
          take(count);
          give(length >= PART_BYTES_MAX ? length : framing.whole(held, length));
          if (client.left()) {
            return new Ending.ClientGone();
          }
        }
      } catch (CutException e) {
        return cut(e.why());
      } catch (IOException | RuntimeException e) {
        give(framing == Framing.WHOLE ? length : 0);
        return new Ending.UpstreamBroke(String.valueOf(e.getMessage()), false);
      }
    }

    private Ending cut(Cuttable.Why why) {
      return switch (why) {
        case KILLED, STOPPING -> new Ending.Cut(false);
        case CLIENT_GONE -> new Ending.ClientGone();
        case UPSTREAM_IDLE -> new Ending.UpstreamBroke("it sent nothing for too long", true);
      };
    }

    private void makeRoom() {
      if (length == held.length) {
        held = Arrays.copyOf(held, held.length * 2);
      }
    }

    private void take(int count) {
      if (firstByte == null) {
        firstByte = clock.instant();
      }
      copy.add(held, length, count);
      length += count;
      watched.lastRead().nanos = streams.nanos().getAsLong();
    }

    private void give(int whole) {
      if (whole == 0) {
        return;
      }
      heard.accept(framing.parts(held, whole));
      if (filter == Filter.NONE) {
        client.write(held, 0, whole, whole < PART_BYTES_MAX);
      } else {
        byte[] passed = filter.pass(Arrays.copyOf(held, whole));
        if (passed.length > 0) {
          client.write(passed, 0, passed.length, whole < PART_BYTES_MAX);
        }
      }
      System.arraycopy(held, whole, held, 0, length - whole);
      length -= whole;
    }
  }
}
