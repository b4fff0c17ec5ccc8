// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.control.live.ToolServerHealth;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.bridge.Adapting;
import dev.steward.gateway.bridge.LegacySessions;
import dev.steward.gateway.bridge.Parking;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.health.ToolGates;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.stdio.StdioConnection;
import dev.steward.gateway.stdio.StdioPool;
import dev.steward.gateway.tool.LiveTools;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.HttpUpstream;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// All tool servers that can be reached: opens connections to them, each behind its own gate, so
/// that a slow one holds up nobody but its own callers.
public final class ToolServers implements LiveTools, AutoCloseable {
  private final HttpUpstream http;
  private final Keys keys;
  private final StdioPool processes;
  private final Parking parking;
  private final LegacySessions sessions = new LegacySessions();
  private final Eras eras = new Eras();
  private final OpenApiTools documents;
  private final ToolGates gates;
  private final Patience patience = new Patience().start();

  /// @param processes of the servers that Steward starts
  /// @param gates that stand before the servers
  /// @param random for what clients carry for us
  public ToolServers(
      HttpUpstream http, Keys keys, StdioPool processes, ToolGates gates, RandomGenerator random) {
    this.gates = gates;
    this.http = http;
    this.keys = keys;
    this.processes = processes;
    this.parking = new Parking(random);
    this.documents = new OpenApiTools(http);
  }

  /// Opens a connection for a client of that era; nothing is sent yet.
  ///
  /// @param owner whose sessions and processes it uses
  /// @throws ToolServerException when the server is none that can be reached
  public ToolConnection open(ToolServer server, Era era, String owner) throws ToolServerException {
    if (!server.reachable()) {
      throw new ToolServerException(
          new Reason.NotSent(
              "The tool server "
                  + server.name()
                  + " cannot be reached by the gateway: it has neither a url nor a command."));
    }
    if (server.type() == ToolServer.Type.OPENAPI) {
      HttpLink link = link(server);
      return new OpenApiConnection(server, documents, link, era);
    }
    String key = server.name() + "\n" + server.url() + "\n" + owner;
    return new Adapting(era, ways(server, owner), sessions, parking, key);
  }

  private Adapting.Ways ways(ToolServer server, String owner) {
    if (server.url().isEmpty()) {
      StdioConnection process = new StdioConnection(processes, server, owner, gates.of(server));
      return new Adapting.Ways() {
        @Override
        public ToolConnection open(Era as) {
          return process;
        }

        @Override
        public Optional<Era> spoken(Era client, Cuttable call) throws ToolServerException {
          return Optional.of(process.era(call));
        }
      };
    }
    return new Adapting.Ways() {
      @Override
      public ToolConnection open(Era as) {
        HttpLink link = link(server);
        return switch (as) {
          case MODERN -> new ModernHttp(link);
          case LEGACY -> new LegacyHttp(link);
        };
      }

      @Override
      public Optional<Era> spoken(Era client, Cuttable call) throws ToolServerException {
        return client == Era.LEGACY
            ? Optional.empty()
            : Optional.of(eras.of(server, open(Era.MODERN), call));
      }
    };
  }

  /// How the servers answer.
  public ToolServerHealth health() {
    return gates;
  }

  @Override
  public List<ObjectNode> fetch(ToolServer server) throws ToolServerException {
    return new ToolFetch(this, server).all();
  }

  private HttpLink link(ToolServer server) {
    return new HttpLink(server, http, keys, gates.of(server), patience);
  }

  /// Ends the sessions that are kept for callers.
  @Override
  public void close() {
    sessions.close();
    patience.close();
  }
}
