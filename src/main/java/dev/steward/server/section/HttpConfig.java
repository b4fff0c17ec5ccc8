// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import dev.steward.server.setting.Setting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the server listens for people and agents.
public record HttpConfig(
    @Setting(byDefault = "127.0.0.1", about = "Address that all ports bind to.") String bind,
    @Setting(
            byDefault = "7070",
            about = "Port of console, REST API and OTLP/HTTP; 0 for any free one.")
        int port,
    @Setting(
            byDefault = "false",
            about =
                "Allows a `bind` that other machines reach without TLS. Tokens, agent keys and"
                    + " message content then cross the network readable by anyone on the way.")
        boolean insecureBind,
    @Setting(
            byDefault = "",
            about =
                "Host names with a dot that browsers and agents may use in the Host header, beside"
                    + " localhost, addresses and names without a dot.")
        List<String> hosts,
    @Setting(byDefault = "", about = "PEM file of the certificate chain; turns TLS on.")
        @Nullable Path tlsCert,
    @Setting(byDefault = "", about = "PEM file of the certificate's private key (PKCS #8).")
        @Nullable Path tlsKey,
    @Setting(
            byDefault = "32MiB",
            about = "Largest request body of the API and console, after decompression.")
        DataSize requestLimit,
    @Setting(byDefault = "8192", about = "Open connections per port; more wait to be accepted.")
        int connections,
    @Setting(
            byDefault = "10s",
            about = "From a connection to the end of its first request's headers, TLS included.")
        Duration headerTimeout,
    @Setting(
            byDefault = "15s",
            about =
                "How long a request's body may take, beside a second for each 16 KiB of it that"
                    + " came.")
        Duration bodyTimeout,
    @Setting(
            byDefault = "60s",
            about = "From an answer to the end of the next request's headers on a connection.")
        Duration idleTimeout,
    @Setting(
            byDefault = "5s",
            about = "How long calls in flight may go on when the server is told to stop.")
        Duration drain) {

  public HttpConfig {
    hosts = List.copyOf(hosts);
    Checks.port("http.port", port);
    Checks.atLeast("http.request-limit", requestLimit, new DataSize(1 << 10));
    Checks.atLeast("http.connections", connections, 1);
    Checks.positive("http.header-timeout", headerTimeout);
    Checks.positive("http.body-timeout", bodyTimeout);
    Checks.positive("http.idle-timeout", idleTimeout);
    if ((tlsCert == null) != (tlsKey == null)) {
      throw new IllegalArgumentException(
          "http.tls-cert and http.tls-key go together: set both or neither");
    }
    if (tlsCert == null && !insecureBind && !loopback(bind)) {
      throw new IllegalArgumentException(
          "http.bind is "
              + bind
              + ", which other machines can reach, and TLS is off: tokens, agent keys and message"
              + " content would cross the network readable by anyone on the way. Set http.tls-cert"
              + " and http.tls-key, bind 127.0.0.1, or accept the risk with --insecure-bind"
              + " (http.insecure-bind: true)");
    }
  }

  public boolean tls() {
    return tlsCert != null;
  }

  /// Whether only programs of this machine can reach it.
  public boolean onlyHere() {
    return loopback(bind);
  }

  private static boolean loopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "http.bind is '" + bind + "', which is no address of this machine", e);
    }
  }
}
