// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.server.access.Need;
import dev.steward.server.config.InForce;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.List;

/// What the server was started with.
public final class SettingsApi {
  private final List<InForce> settings;

  public SettingsApi(ServerConfig config) {
    settings = InForce.of(config);
  }

  /// Every key of the configuration.
  public record SettingList(List<InForce> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/settings", Need.of(Permission.OPERATE))
            .about("Server", "What the server was started with: every key and its value.")
            .gives(SettingList.class)
            .by(this::list));
  }

  private Reply list(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    return Reply.json(new SettingList(settings));
  }
}
