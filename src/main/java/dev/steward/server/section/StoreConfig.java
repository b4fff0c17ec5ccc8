// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.DataSize;
import dev.steward.server.setting.Setting;

/// The span store.
public record StoreConfig(
    @Setting(byDefault = "512MiB", about = "Memory that the span store's database may use.")
        DataSize memory,
    @Setting(byDefault = "2", about = "Threads that one query may use.") int threads) {

  public StoreConfig {
    Checks.atLeast("store.memory", memory, new DataSize(128 << 20));
    Checks.atLeast("store.threads", threads, 1);
  }
}
