// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.simulation;

import dev.steward.control.budget.BudgetLog;
import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.record.ActivityLog;
import java.util.List;

/// When a process dies. From then on nothing that it still does reaches a disk.
final class Fate {
  private final Moment moment;
  private int before;
  private volatile boolean dead;

  /// @param before how often the moment passes without harm
  Fate(Moment moment, int before) {
    this.moment = moment;
    this.before = before;
  }

  /// Where a call is when the process dies.
  enum Moment {
    NEVER,
    BEFORE_INTENT,
    AFTER_INTENT,
    AFTER_EFFECT
  }

  /// The end of the process, which nothing catches.
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("the process dies", null, false, false);
    }
  }

  boolean dead() {
    return dead;
  }

  void reaches(Moment now) {
    if (now == moment && !dead && before-- == 0) {
      dead = true;
      throw new Death();
    }
  }

  ActivityLog over(ActivityLog log) {
    return entry -> {
      if (!dead) {
        boolean intent = CanonicalJson.read(entry).path("kind").asString("").equals("intent");
        if (intent) {
          reaches(Moment.BEFORE_INTENT);
        }
        log.append(entry);
        if (intent) {
          reaches(Moment.AFTER_INTENT);
        }
      }
    };
  }

  BudgetLog over(BudgetLog log) {
    return new BudgetLog() {
      @Override
      public Past past() {
        return log.past();
      }

      @Override
      public void append(byte[] record) {
        if (!dead) {
          log.append(record);
        }
      }

      @Override
      public void sync() {
        if (!dead) {
          log.sync();
        }
      }

      @Override
      public void replace(List<byte[]> records) {
        if (!dead) {
          log.replace(records);
        }
      }

      @Override
      public long bytes() {
        return log.bytes();
      }

      @Override
      public void close() {
        log.close();
      }
    };
  }
}
