// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Repeating;
import dev.steward.gateway.connection.Single;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.health.ToolGate;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client's way to a process, in the era that the process speaks. The process was greeted by us,
/// so that a client's own greeting is answered with what it said to ours; one that has ended is
/// replaced unseen.
public final class StdioConnection implements ToolConnection {
  static final Duration LISTEN_MAX = Duration.ofHours(1);

  private final StdioPool pool;
  private final ToolServer server;
  private final String owner;
  private final ToolGate gate;
  private final Map<JsonNode, Exchange> asked = new ConcurrentHashMap<>();

  /// @param owner whose process it is, where each caller has its own
  public StdioConnection(StdioPool pool, ToolServer server, String owner, ToolGate gate) {
    this.pool = pool;
    this.server = server;
    this.owner = owner;
    this.gate = gate;
  }

  /// In which era the process speaks; it is started if need be.
  public Era era(Cuttable call) throws ToolServerException {
    return pool.process(server, owner, call).era();
  }

  @Override
  public Answers ask(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    Visit visit = gate.enter();
    boolean begun = false;
    try {
      StdioProcess process = pool.process(server, owner, call);
      if (request.method().equals("initialize")) {
        return new Single(new RpcMessage(RpcMessage.result(request.id(), process.welcome())));
      }
      StdioAnswers.Sent sent = sent(process, request);
      begun = true;
      boolean listens = request.method().equals("subscriptions/listen");
      return new StdioAnswers(
          sent,
          Repeating.attempts(server, request),
          () -> sent(pool.process(server, owner, call), request),
          server,
          visit,
          listens ? LISTEN_MAX : server.reach().call(),
          listens ? LISTEN_MAX : server.reach().idle(),
          call,
          () -> asked.remove(request.id()));
    } catch (ToolServerException e) {
      visit.failed(String.valueOf(e.getMessage()));
      throw e;
    } finally {
      if (!begun) {
        visit.leave();
      }
    }
  }

  private StdioAnswers.Sent sent(StdioProcess process, RpcMessage request)
      throws ToolServerException {
    Exchange exchange = process.ask(request);
    asked.put(request.id(), exchange);
    return new StdioAnswers.Sent(process, exchange);
  }

  @Override
  public void tell(RpcMessage message, Cuttable call) throws ToolServerException {
    switch (message.method()) {
      case "notifications/initialized", "notifications/roots/list_changed" -> {
        // It was told by us, and of no folders.
      }
      case "notifications/cancelled" -> {
        Exchange exchange = asked.get(message.params().path("requestId"));
        if (exchange != null) {
          RpcMessage copy = message.copy();
          copy.params().put("requestId", exchange.id());
          pool.process(server, owner, call).send(copy);
        }
      }
      default -> pool.process(server, owner, call).send(message);
    }
  }

  @Override
  public Optional<Answers> listen(Cuttable call) throws ToolServerException {
    StdioProcess process = pool.process(server, owner, call);
    return Optional.of(new Heard(process, process.listen(), call));
  }

  @Override
  public boolean lost() {
    return false;
  }

  @Override
  public void close() {
    // The process waits for the caller's next session.
  }

  /// What belongs to no request.
  private final class Heard implements Answers {
    private final StdioProcess process;
    private final Exchange listener;
    private final Cuttable call;

    private Heard(StdioProcess process, Exchange listener, Cuttable call) {
      this.process = process;
      this.listener = listener;
      this.call = call;
    }

    @Override
    public boolean streaming() {
      return true;
    }

    @Override
    public @Nullable RpcMessage next() throws ToolServerException {
      return StdioAnswers.heard(listener, LISTEN_MAX, server, call);
    }

    @Override
    public void close() {
      process.deaf(listener);
    }
  }

  static ToolServerException broken(ToolServer server, IOException e) {
    return new ToolServerException(
        new Reason.Unknown(
            "The call of the tool server " + server.name() + " was interrupted.", false),
        e);
  }
}
