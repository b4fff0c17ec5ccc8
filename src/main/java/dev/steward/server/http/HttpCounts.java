// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many requests were answered, by status class.
public final class HttpCounts {
  private final Map<String, LongAdder> byStatus = new ConcurrentHashMap<>();

  /// Counts one answer.
  public void count(int status) {
    byStatus.computeIfAbsent(status / 100 + "xx", s -> new LongAdder()).increment();
  }

  /// Keys are `2xx`, `4xx` and so on.
  public Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    byStatus.forEach((status, n) -> totals.put(status, n.sum()));
    return totals;
  }
}
