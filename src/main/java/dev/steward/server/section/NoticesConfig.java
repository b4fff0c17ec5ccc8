// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.section;

import dev.steward.server.setting.Setting;
import java.time.Duration;
import java.util.List;

/// What people are told by webhook, Slack, e-mail and PagerDuty.
public record NoticesConfig(
    @Setting(
            byDefault = "",
            about =
                "Where people reach the console, such as `https://steward.example.com`, for links"
                    + " in what they are told; empty for the address that the server binds to.")
        String address,
    @Setting(
            byDefault = "",
            about =
                "Hosts inside of a network (private, loopback, link-local) that channels may lead"
                    + " to; every other address there is refused.")
        List<String> allowedHosts,
    @Setting(byDefault = "15s", about = "How often it is looked whether an AlertRule fires.")
        Duration lookEvery) {

  public NoticesConfig {
    allowedHosts = List.copyOf(allowedHosts);
    Checks.positive("notices.look-every", lookEvery);
    if (!address.isEmpty() && !address.matches("https?://[^\\s/]+(/[^\\s]*)?")) {
      throw new IllegalArgumentException(
          "notices.address is '" + address + "': write an url such as https://steward.example.com");
    }
  }
}
