// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many requests were answered, by status class.
public final class HttpCounts {
  private final Map<Integer, LongAdder> byClass = new ConcurrentHashMap<>();

  /// Counts one answer.
  public void count(int status) {
    byClass.computeIfAbsent(status / 100, s -> new LongAdder()).increment();
  }

  /// Keys are `2xx`, `4xx` and so on.
  public Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    byClass.forEach((first, n) -> totals.put(first + "xx", n.sum()));
    return totals;
  }
}
