// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import java.util.ArrayDeque;
import java.util.Deque;

/// What has been opened, to be closed in reverse. One part that fails does not keep the others
/// open.
final class Closing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(
            System.Logger.Level.ERROR, "closing " + part.getClass().getSimpleName() + " failed", e);
      }
    }
  }
}
