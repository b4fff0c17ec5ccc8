// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import dev.steward.server.section.AccessConfig;
import dev.steward.server.section.AgentsConfig;
import dev.steward.server.section.DriftConfig;
import dev.steward.server.section.GatewayConfig;
import dev.steward.server.section.HttpConfig;
import dev.steward.server.section.IngestConfig;
import dev.steward.server.section.LedgerConfig;
import dev.steward.server.section.McpConfig;
import dev.steward.server.section.NoticesConfig;
import dev.steward.server.section.OtlpConfig;
import dev.steward.server.section.RetentionConfig;
import dev.steward.server.section.RunsConfig;
import dev.steward.server.section.SecretsConfig;
import dev.steward.server.section.StoreConfig;
import dev.steward.server.setting.Setting;
import java.nio.file.Path;
import java.util.Map;

/// The whole process configuration. What operators declare at run time (agents, prices, people) is
/// never in it.
public record ServerConfig(
    @Setting(byDefault = "steward-data", about = "Folder that holds everything the server keeps.")
        Path data,
    HttpConfig http,
    OtlpConfig otlp,
    IngestConfig ingest,
    StoreConfig store,
    RetentionConfig retention,
    RunsConfig runs,
    DriftConfig drift,
    LedgerConfig ledger,
    AccessConfig access,
    SecretsConfig secrets,
    GatewayConfig gateway,
    McpConfig mcp,
    AgentsConfig agents,
    NoticesConfig notices) {

  public ServerConfig {
    if (!mcp.anonymousAgent().isEmpty() && !http.onlyHere()) {
      throw new IllegalArgumentException(
          "mcp.anonymous-agent lets anybody who reaches the port act as "
              + mcp.anonymousAgent()
              + ", and http.bind is "
              + http.bind()
              + ", which other machines can reach: bind 127.0.0.1, or take the setting away and"
              + " give clients an agent key");
    }
  }

  /// What the server does when it is told nothing.
  public static ServerConfig defaults() {
    return ConfigReader.read(Map.of());
  }
}
