// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Closes connections whose clients take too long to send: headers, a body, or the next request. A
/// request that is being answered has no deadline, however long its answer streams.
final class SlowClients implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SlowClients.class.getName());
  private static final Duration TURN_MAX = Duration.ofSeconds(1);

  private final Patience patience;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<SocketAddress, Client> clients = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private SlowClients(Patience patience, LongSupplier nanos) {
    this.patience = patience;
    this.nanos = nanos;
    this.thread = Thread.ofPlatform().name("slow-clients").daemon().unstarted(this::run);
  }

  /// @param nanos a clock that never jumps
  static SlowClients watch(Patience patience, LongSupplier nanos) {
    SlowClients slow = new SlowClients(patience, nanos);
    slow.thread.start();
    return slow;
  }

  /// Begins to watch a connection that was just accepted.
  void accepted(SocketChannel channel) {
    try {
      SocketAddress remote = channel.getRemoteAddress();
      if (remote != null) {
        clients.put(remote, new Client(channel, nanos.getAsLong() + patience.head().toNanos()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the client went before it was accepted", e);
    }
  }

  /// Runs the answering of a request whose headers have come; until it ends only bodies have a
  /// deadline.
  void serving(SocketAddress remote, Runnable answering) {
    Client client = clients.get(remote);
    if (client == null) {
      answering.run();
      return;
    }
    client.begin();
    try {
      answering.run();
    } finally {
      client.end(nanos.getAsLong() + patience.idle().toNanos());
    }
  }

  /// The body of a request of that client, which must come in time.
  InputStream paced(SocketAddress remote, InputStream body) {
    Client client = clients.get(remote);
    return client == null ? body : new PacedBody(client, body);
  }

  /// Connections that are watched.
  int watched() {
    return clients.size();
  }

  private void run() {
    try {
      while (!closed.await(turn().toMillis(), TimeUnit.MILLISECONDS)) {
        sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration turn() {
    Duration shortest = patience.head();
    for (Duration each : new Duration[] {patience.idle(), patience.body()}) {
      shortest = each.compareTo(shortest) < 0 ? each : shortest;
    }
    Duration turn = shortest.dividedBy(4).plusMillis(1);
    return turn.compareTo(TURN_MAX) < 0 ? turn : TURN_MAX;
  }

  private void sweep() {
    long now = nanos.getAsLong();
    clients
        .values()
        .removeIf(client -> {
          if (!client.channel.isOpen()) {
            return true;
          }
          if (!client.late(now)) {
            return false;
          }
          LOG.log(System.Logger.Level.DEBUG, "a client took too long: {0}", client.channel);
          client.cut();
          return true;
        });
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /// One connection. Several of its requests may be answered at once, as HTTP/2 has it.
  private static final class Client {
    private final SocketChannel channel;
    private long deadline;
    private int answering;
    private @Nullable PacedBody body;

    private Client(SocketChannel channel, long deadline) {
      this.channel = channel;
      this.deadline = deadline;
    }

    private synchronized void begin() {
      answering++;
    }

    private synchronized void end(long next) {
      answering--;
      deadline = next;
      body = answering == 0 ? null : body;
    }

    private synchronized void read(@Nullable PacedBody next) {
      body = next;
    }

    private synchronized boolean late(long now) {
      PacedBody reading = body;
      if (reading != null) {
        return now - reading.deadline > 0;
      }
      return answering == 0 && now - deadline > 0;
    }

    private void cut() {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a slow client's connection was not closed", e);
      }
    }
  }

  /// A body that moves its deadline on with each byte, and has none once it is read.
  private final class PacedBody extends InputStream {
    private final Client client;
    private final InputStream from;
    private volatile long deadline;

    private PacedBody(Client client, InputStream from) {
      this.client = client;
      this.from = from;
      this.deadline = nanos.getAsLong() + patience.body().toNanos();
      client.read(this);
    }

    @Override
    public int read() throws IOException {
      int one = from.read();
      came(one < 0 ? -1 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = from.read(into, offset, length);
      came(count);
      return count;
    }

    private void came(int count) {
      if (count < 0) {
        client.read(null);
        return;
      }
      // Only the thread that reads the body writes it.
      long later = deadline + count * (TimeUnit.SECONDS.toNanos(1) / Patience.BYTES_A_SECOND);
      deadline = later;
    }

    @Override
    public void close() throws IOException {
      client.read(null);
      from.close();
    }
  }
}
