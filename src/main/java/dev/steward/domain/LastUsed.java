// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/// A map that forgets what was not used for the longest. To be locked by who uses it.
public final class LastUsed<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int max;

  /// @param max so many are kept at most
  public LastUsed(int max) {
    super(64, 0.75f, true);
    this.max = max;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > max;
  }
}
