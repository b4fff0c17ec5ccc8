// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import java.time.Duration;

/// A wait between two tries, so that tests need none.
@FunctionalInterface
public interface Pause {
  Pause SLEEP = Thread::sleep;

  void pause(Duration time) throws InterruptedException;
}
