// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The ports of a server, as every command that starts one takes them.
final class PortOptions {
  @Option(names = "--port", paramLabel = "N", description = "Main port; 0 for any free one.")
  private @Nullable Integer port;

  @Option(names = "--otlp-http", paramLabel = "N", description = "Port of OTLP/HTTP.")
  private @Nullable Integer otlpHttp;

  @Option(names = "--otlp-grpc", paramLabel = "N", description = "Port of OTLP/gRPC.")
  private @Nullable Integer otlpGrpc;

  /// Adds those that were given to the settings of a server.
  void addTo(Map<String, String> settings) {
    put(settings, "http.port", port);
    put(settings, "otlp.http-port", otlpHttp);
    put(settings, "otlp.grpc-port", otlpGrpc);
  }

  private static void put(Map<String, String> settings, String key, @Nullable Integer value) {
    if (value != null) {
      settings.put(key, value.toString());
    }
  }
}
