// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.state.State;
import dev.steward.gateway.asking.Elicitations;
import dev.steward.gateway.asking.Sampling;
import dev.steward.gateway.credential.SecretKeys;
import dev.steward.gateway.entry.Origins;
import dev.steward.gateway.entry.ResourceMetadata;
import dev.steward.gateway.health.ToolGates;
import dev.steward.gateway.mcp.McpGateway;
import dev.steward.gateway.mcp.McpLimits;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.stdio.StdioPool;
import dev.steward.gateway.task.TaskOwners;
import dev.steward.gateway.tool.AssignedTools;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.toolserver.ToolServers;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.mcp.McpRoutes;
import dev.steward.server.section.McpConfig;
import dev.steward.store.file.FileDiary;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The way of MCP clients, put together.
///
/// @param servers the connections to tool servers
record McpParts(McpRoutes routes, ToolServers servers) {

  /// The connections to tool servers, which the way of tool calls needs too.
  static ToolServers servers(
      DataFolder folder,
      Supplier<State> state,
      Live live,
      InstantSource clock,
      RandomGenerator random,
      Closing closing) {
    SecretKeys keys = new SecretKeys(live.store());
    StdioPool processes = closing.add(new StdioPool(folder.toolServers(), keys).start());
    return closing.add(
        new ToolServers(new HttpUpstream(), keys, processes, new ToolGates(state, clock), random));
  }

  static McpParts open(
      ServerConfig config,
      DataFolder folder,
      Supplier<State> state,
      Consumer<Consumer<State>> published,
      Live live,
      ToolServers servers,
      ToolCalls calls,
      ModelGateway.Shared shared,
      InstantSource clock,
      RandomGenerator random,
      Closing closing) {
    McpConfig mcp = config.mcp();
    Reminders reminders =
        closing.add(new Reminders(System::nanoTime, config.gateway().commentAfter()));
    reminders.start();
    ResourceMetadata metadata =
        new ResourceMetadata(mcp.url(), config.http().tls(), mcp.authorizationServers());
    McpGateway gateway =
        closing.add(
            new McpGateway(
                state,
                new AssignedTools(calls, shared.places(), state),
                servers,
                live.flights(),
                new Sampling(
                    state,
                    shared.money(),
                    shared.runs(),
                    shared.places().overheard(),
                    shared.recorder(),
                    clock,
                    shared.places()::spanId),
                new Elicitations(config.http().hosts()),
                new TaskOwners(
                    closing.add(FileDiary.open(folder.taskOwners(), TaskOwners.TASKS_MAX)), clock),
                reminders,
                new McpLimits(mcp.sessions(), mcp.sessionIdle()),
                new Origins(config.http().hosts()),
                metadata,
                mcp.anonymousAgent(),
                clock,
                random));
    published.accept(_ -> gateway.published());
    return new McpParts(new McpRoutes(gateway, metadata, mcp.requestLimit().bytes()), servers);
  }
}
