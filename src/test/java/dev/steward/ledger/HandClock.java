// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test sets by hand.
public final class HandClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration step) {
    now = now.plus(step);
  }
}
