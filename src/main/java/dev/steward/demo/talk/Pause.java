// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.talk;

import java.time.Duration;

/// How time passes on the stage: at the speed of life, or at once.
@FunctionalInterface
public interface Pause {
  void of(Duration taken) throws InterruptedException;
}
