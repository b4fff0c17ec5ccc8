// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.control.live.InFlight;
import dev.steward.domain.Subject;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.Responses;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.wire.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Passes what is no tool call to one server. A kill ends it like any call.
public final class Passing {
  private final Flights flights;
  private final Stopping stopping;
  private final InstantSource clock;
  private final Supplier<String> ids;

  public Passing(Flights flights, Stopping stopping, InstantSource clock, Supplier<String> ids) {
    this.flights = flights;
    this.stopping = stopping;
    this.clock = clock;
    this.ids = ids;
  }

  /// Work that a kill or a client that leaves may end.
  public interface Work<T> {
    T run(Cuttable call) throws ToolServerException;
  }

  /// Sends a request and gives its response.
  ///
  /// @throws RpcException when it was ended or may not begin
  public RpcMessage pass(
      Client client, ToolServer server, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    return flown(
        client,
        request.method() + " " + server.name(),
        call -> {
          reply.work(call);
          try (Answers answers = connector.to(server).ask(request, List.of(), call)) {
            answers.pausing(reply::pause);
            if (answers.streaming()) {
              reply.open();
            }
            ToolOrigin origin = client.origin(request);
            return Responses.response(answers, message -> connector.heard(server, message, origin));
          }
        });
  }

  /// Does work as a call in flight.
  ///
  /// @param step as people see it
  public <T> T flown(Client client, String step, Work<T> work) throws ToolServerException {
    Cuttable call = new Cuttable(Thread.currentThread());
    InFlight facts =
        InFlight.begun(ids.get(), InFlight.Kind.TOOL, subject(client), clock.instant(), step);
    try (Flight flight = flights.open(facts, () -> call.cut(Cuttable.Why.KILLED))) {
      flight
          .cut()
          .ifPresent(kill -> {
            throw denied(stopping.of(kill));
          });
      try {
        return work.run(call);
      } catch (CutException e) {
        throw denied(stopping.of(flight, e.why()));
      }
    } finally {
      call.done();
    }
  }

  private static RpcException denied(Refusal refusal) {
    return new RpcException(
        RpcError.of(RpcError.DENIED, refusal.kind().status(), refusal.message()));
  }

  private static Subject subject(Client client) {
    return new Subject(
        client.caller().agent().name(),
        client.caller().version().digest().hex(),
        client.caller().environment(),
        "",
        client.header("x-steward-run"),
        "",
        "",
        client.caller().agent().metadata().labels(),
        "",
        "",
        "",
        client.caller().shadow().isPresent(),
        client.caller().bound(),
        client.caller().agent().workflowsOf(""));
  }
}
