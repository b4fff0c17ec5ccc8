// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.util.List;

/// Questions asked one after the other, each path in turn.
final class Asked {
  /// The first answers of a page are interpreted, and the next ones made beside the compiler.
  private static final int WARM_UP = 20;

  private static final int TIMES = 25;

  private Asked() {}

  /// Who answers them.
  @FunctionalInterface
  interface Server {
    byte[] bytes(String path) throws IOException, InterruptedException;
  }

  /// The middle time in milliseconds until the last byte has come.
  static double middle(Server server, List<String> paths) throws IOException, InterruptedException {
    return times(server, paths).millis(0.5);
  }

  static Latencies times(Server server, List<String> paths)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      server.bytes(paths.get(i % paths.size()));
    }
    Latencies times = new Latencies();
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      server.bytes(paths.get(i % paths.size()));
      times.add(System.nanoTime() - start);
    }
    return times;
  }
}
