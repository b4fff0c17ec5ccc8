// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.insight.means.Condition;
import dev.steward.insight.means.Condition.Disk;
import dev.steward.insight.means.Condition.Log;
import dev.steward.insight.means.Condition.Past;
import java.time.Duration;

/// A server that is well.
public final class StagedCondition {
  public static final Condition WELL =
      new Condition(
          0,
          null,
          Duration.ZERO,
          0,
          0,
          null,
          new Past("attached", ""),
          new Log(10, 10, null, 1),
          new Disk(80_000_000_000L, 100_000_000_000L));

  private StagedCondition() {}
}
