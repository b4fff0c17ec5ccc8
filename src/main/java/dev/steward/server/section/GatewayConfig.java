// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import dev.steward.server.setting.Setting;
import java.time.Duration;

/// The model gateway.
public record GatewayConfig(
    @Setting(byDefault = "64MiB", about = "Largest request of a model call, after decompression.")
        DataSize requestLimit,
    @Setting(
            byDefault = "5s",
            about =
                "How long a stream may be silent before its client gets a comment, by which one"
                    + " that has left is noticed.")
        Duration commentAfter) {

  public GatewayConfig {
    Checks.atLeast("gateway.request-limit", requestLimit, new DataSize(1 << 10));
    Checks.positive("gateway.comment-after", commentAfter);
  }
}
