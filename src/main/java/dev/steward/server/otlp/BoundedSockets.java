// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The sockets of the gRPC port, no more than so many at once. gRPC itself has no such limit: what
/// is over it is closed as it is accepted.
final class BoundedSockets implements AutoCloseable {
  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final EventLoopGroup accepting =
      new NioEventLoopGroup(1, new DefaultThreadFactory("grpc-accept", true));
  private final EventLoopGroup working =
      new NioEventLoopGroup(
          Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("grpc", true));

  BoundedSockets(int max) {
    this.max = max;
  }

  NettyServerBuilder in(NettyServerBuilder builder) {
    return builder
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(working)
        .channelFactory(() -> new Bounded(this));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what it returns is the future it is called on
  private boolean take(Channel socket) {
    if (open.incrementAndGet() > max) {
      open.decrementAndGet();
      return false;
    }
    socket.closeFuture().addListener(_ -> open.decrementAndGet());
    return true;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // daemon threads, which end by themselves
  public void close() {
    accepting.shutdownGracefully();
    working.shutdownGracefully();
  }

  private static final class Bounded extends NioServerSocketChannel {
    private final BoundedSockets sockets;

    private Bounded(BoundedSockets sockets) {
      this.sockets = sockets;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int count = super.doReadMessages(accepted);
      if (count == 1 && accepted.getLast() instanceof Channel socket && !sockets.take(socket)) {
        accepted.removeLast();
        socket.unsafe().closeForcibly();
        return 0;
      }
      return count;
    }
  }
}
