// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.Setting;
import java.time.Duration;

/// People's access.
public record AccessConfig(
    @Setting(byDefault = "12h", about = "How long a console login lasts without use.")
        Duration session,
    @Setting(
            byDefault = "1s",
            about =
                "First delay after a wrong token from one address; it doubles with every further"
                    + " one, up to a minute.")
        Duration loginDelay) {

  public AccessConfig {
    Checks.positive("access.session", session);
    Checks.positive("access.login-delay", loginDelay);
  }
}
