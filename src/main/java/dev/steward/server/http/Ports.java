// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.server.config.HttpConfig;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The HTTP ports of the server: the main one and the one of OTLP/HTTP.
public final class Ports implements AutoCloseable {
  private static final String OTLP = "otlp";
  private static final int BACKLOG = 8192;

  private final WebServer server;

  private Ports(WebServer server) {
    this.server = server;
  }

  /// Binds both ports and serves.
  ///
  /// @throws IllegalStateException when one of them cannot be opened
  public static Ports open(HttpConfig config, Frame main, int otlpPort, Frame otlp) {
    Optional<Tls> tls = tls(config);
    WebServer server =
        WebServer.builder()
            .host(config.bind())
            .port(config.port())
            .update(b -> listen(b, config, main, tls))
            .putSocket(
                OTLP,
                ListenerConfig.builder()
                    .host(config.bind())
                    .port(otlpPort)
                    .update(b -> listen(b, config, otlp, tls))
                    .build())
            .shutdownHook(false)
            .build();
    server.start();
    // Helidon logs a port it cannot open, and returns as if nothing had happened.
    if (!server.isRunning()) {
      throw new IllegalStateException("a port cannot be opened");
    }
    return new Ports(server);
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
  }

  private static void listen(
      ListenerConfig.BuilderBase<?, ?> listener,
      HttpConfig config,
      Frame frame,
      Optional<Tls> tls) {
    listener
        .backlog(BACKLOG)
        .maxTcpConnections(config.connections())
        .connectionOptions(o -> o.tcpNoDelay(true))
        .idleConnectionTimeout(Duration.ofMinutes(5))
        .shutdownGracePeriod(config.drain())
        .contentEncoding(e ->
            e.contentEncodingsDiscoverServices(false).addContentEncoding(new PassThroughGzip()))
        .routing(r -> r.any(frame::serve));
    tls.ifPresent(listener::tls);
  }

  private static Optional<Tls> tls(HttpConfig config) {
    Path cert = config.tlsCert();
    Path key = config.tlsKey();
    if (cert == null || key == null) {
      return Optional.empty();
    }
    Keys keys =
        Keys.builder()
            .pem(p -> p.key(Resource.create(key)).certChain(Resource.create(cert)))
            .build();
    return Optional.of(Tls.builder().privateKey(keys).privateKeyCertChain(keys).build());
  }
}
