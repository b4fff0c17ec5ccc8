// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.Setting;

/// How long spans stay.
public record RetentionConfig(
    @Setting(
            byDefault = "3",
            about = "Days that stay in the database; older ones move to Parquet and stay readable.")
        int hotDays,
    @Setting(
            byDefault = "90",
            about = "Days after which spans are deleted, except what a hold names.")
        int days) {

  public RetentionConfig {
    Checks.atLeast("retention.hot-days", hotDays, 1);
    Checks.notBelow("retention.days", days, "retention.hot-days", hotDays);
  }
}
