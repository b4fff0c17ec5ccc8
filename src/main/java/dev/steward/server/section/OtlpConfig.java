// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import dev.steward.server.setting.Setting;
import java.time.Duration;

/// The OTLP receivers.
public record OtlpConfig(
    @Setting(byDefault = "4318", about = "Port of OTLP/HTTP; 0 for any free one.") int httpPort,
    @Setting(byDefault = "4317", about = "Port of OTLP/gRPC; 0 for any free one.") int grpcPort,
    @Setting(byDefault = "64MiB", about = "Largest OTLP request, after decompression.")
        DataSize requestLimit,
    @Setting(
            byDefault = "256MiB",
            about =
                "Bytes of OTLP requests held in memory at once; beyond it senders are asked to"
                    + " come back later.")
        DataSize memory,
    @Setting(byDefault = "2s", about = "When a sender that was turned away should come back.")
        Duration retryAfter) {

  public OtlpConfig {
    Checks.port("otlp.http-port", httpPort);
    Checks.port("otlp.grpc-port", grpcPort);
    Checks.atLeast("otlp.request-limit", requestLimit, new DataSize(1 << 10));
    Checks.notBelow("otlp.memory", memory.bytes(), "otlp.request-limit", requestLimit.bytes());
    Checks.positive("otlp.retry-after", retryAfter);
  }
}
