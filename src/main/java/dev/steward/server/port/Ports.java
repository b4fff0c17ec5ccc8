// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import dev.steward.domain.Uninterrupted;
import dev.steward.server.section.HttpConfig;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/// The HTTP ports of the server: the main one and the one of OTLP/HTTP.
public final class Ports implements AutoCloseable {
  private static final String OTLP = "otlp";
  private static final int BACKLOG = 8192;
  private static final Duration PARTING = Duration.ofSeconds(3);
  private static final System.Logger LOG = System.getLogger(Ports.class.getName());

  private final WebServer server;
  private final SlowClients slow;
  private final BeingServed served;

  private Ports(WebServer server, SlowClients slow, BeingServed served) {
    this.server = server;
    this.slow = slow;
    this.served = served;
  }

  /// Binds both ports and serves.
  ///
  /// @throws IllegalStateException when one of them cannot be opened
  public static Ports open(HttpConfig config, Frame main, int otlpPort, Frame otlp) {
    Optional<Tls> tls = Certificates.tls(config);
    SlowClients slow =
        SlowClients.watch(
            new Patience(config.headerTimeout(), config.idleTimeout(), config.bodyTimeout()),
            System::nanoTime);
    BeingServed served = new BeingServed();
    WebServer server =
        WebServer.builder()
            .host(config.bind())
            .port(config.port())
            .update(b -> listen(b, config, main, tls, slow, served))
            .putSocket(
                OTLP,
                ListenerConfig.builder()
                    .host(config.bind())
                    .port(otlpPort)
                    .update(b -> listen(b, config, otlp, tls, slow, served))
                    .build())
            .shutdownHook(false)
            .build();
    server.start();
    // Helidon logs a port it cannot open, and returns as if nothing had happened.
    if (!server.isRunning()) {
      slow.close();
      throw new IllegalStateException("a port cannot be opened");
    }
    return new Ports(server, slow, served);
  }

  public int port() {
    return server.port();
  }

  public int otlpPort() {
    return server.port(OTLP);
  }

  @Override
  public void close() {
    server.stop();
    // Calls that were interrupted tell their clients so, before sockets end with the process.
    try (Uninterrupted wait = new Uninterrupted()) {
      if (!wait.until(() -> served.awaitNone(PARTING))) {
        LOG.log(Level.WARNING, "some calls have not ended {0} after they were told to", PARTING);
      }
    }
    slow.close();
  }

  private static void listen(
      ListenerConfig.BuilderBase<?, ?> listener,
      HttpConfig config,
      Frame frame,
      Optional<Tls> tls,
      SlowClients slow,
      BeingServed served) {
    SocketOptions options = SocketOptions.builder().tcpNoDelay(true).buildPrototype();
    listener
        .backlog(BACKLOG)
        .maxTcpConnections(config.connections())
        .connectionOptions(new WatchedSockets(options, slow))
        .shutdownGracePeriod(config.drain())
        .contentEncoding(e ->
            e.contentEncodingsDiscoverServices(false).addContentEncoding(new PassThroughGzip()))
        .routing(r -> r.any((request, response) -> serve(request, response, frame, slow, served)));
    tls.ifPresent(listener::tls);
  }

  private static void serve(
      ServerRequest request,
      ServerResponse response,
      Frame frame,
      SlowClients slow,
      BeingServed served) {
    SocketAddress client = request.remotePeer().address();
    served.serve(() ->
        slow.serving(
            client, () -> frame.serve(request, response, body -> slow.paced(client, body))));
  }
}
