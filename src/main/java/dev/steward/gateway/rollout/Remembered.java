// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import java.util.LinkedHashMap;
import java.util.Map;

/// A map that forgets what was not used for the longest.
final class Remembered<V> extends LinkedHashMap<Long, V> {
  private static final long serialVersionUID = 1;

  private final int max;

  Remembered(int max) {
    super(64, 0.75f, true);
    this.max = max;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
    return size() > max;
  }
}
