// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Session;
import dev.steward.gateway.step.Passing;
import dev.steward.gateway.step.Response;
import dev.steward.gateway.tool.ToolServerException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// From which level on the servers of a session tell what they log.
record LogLevels(Passing passing) {
  private static final System.Logger LOG = System.getLogger(LogLevels.class.getName());

  /// A server that hangs does not hold the others' client.
  private static final long TOLD_SECONDS = 10;

  private static final List<String> LEVELS =
      List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  /// Holds for all servers of the session, also for those that it reaches later.
  Response set(Client client, Session session, RpcMessage request) throws ToolServerException {
    String level = request.param("level");
    if (!LEVELS.contains(level)) {
      return Response.error(
          request.id(),
          RpcError.invalidParams("'level' must be one of " + String.join(", ", LEVELS) + "."));
    }
    session.level(level);
    passing.flown(
        client,
        request.method(),
        call -> {
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ToolConnection connection : session.connections()) {
              threads.execute(() -> tell(connection, level));
            }
            threads.shutdown();
            try {
              return call.waiting(() -> threads.awaitTermination(TOLD_SECONDS, TimeUnit.SECONDS));
            } catch (IOException e) {
              LOG.log(Level.DEBUG, "a logging level was not told to all", e);
              return false;
            } finally {
              threads.shutdownNow();
            }
          }
        });
    return Response.result(request.id(), RpcJson.object());
  }

  private static void tell(ToolConnection connection, String level) {
    Cuttable call = new Cuttable(Thread.currentThread());
    try {
      Greetings.level(connection, level, call);
    } catch (ToolServerException | CutException e) {
      LOG.log(Level.INFO, "a tool server was not told the logging level: {0}", e.getMessage());
    } finally {
      call.done();
    }
  }
}
