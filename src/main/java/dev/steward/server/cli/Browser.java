// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// The browser of the person at this machine.
final class Browser {
  private static final System.Logger LOG = System.getLogger(Browser.class.getName());

  private Browser() {}

  /// Opens the link.
  ///
  /// @return false where there is no screen or no opener
  static boolean open(String link) {
    boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    boolean screen =
        mac || System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    return screen && start(List.of(mac ? "open" : "xdg-open", link));
  }

  private static boolean start(List<String> command) {
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "no browser was started", e);
      return false;
    }
  }
}
