// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.control.approval.Status;
import dev.steward.control.state.State;
import dev.steward.gateway.asking.Elicitations;
import dev.steward.gateway.asking.Sampling;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Entrance;
import dev.steward.gateway.entry.Origins;
import dev.steward.gateway.entry.ResourceMetadata;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.joined.Merging;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.McpHeaders;
import dev.steward.gateway.rpc.ModernChecks;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.session.Sessions;
import dev.steward.gateway.session.ViewWatch;
import dev.steward.gateway.step.AskStep;
import dev.steward.gateway.step.Exchange;
import dev.steward.gateway.step.FeatureStep;
import dev.steward.gateway.step.InputStep;
import dev.steward.gateway.step.Passing;
import dev.steward.gateway.step.TaskStep;
import dev.steward.gateway.step.ToolStep;
import dev.steward.gateway.task.TaskOwners;
import dev.steward.gateway.task.WaitingCalls;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.toolserver.ToolServers;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// The way of one HTTP request of an MCP client: who it is, what it is connected with, and which
/// era it speaks.
public final class McpGateway implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(McpGateway.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Entrance entrance;
  private final ResourceMetadata metadata;
  private final ModernWire modern;
  private final LegacyWire legacy;
  private final Sessions sessions;
  private final ViewWatch views;
  private final InputStep inputs;

  /// @param anonymousAgent acts where no key is shown, "" for none
  public McpGateway(
      Supplier<State> state,
      ToolCalls calls,
      ToolServers servers,
      Flights flights,
      Sampling sampling,
      Elicitations elicitations,
      TaskOwners tasks,
      Reminders reminders,
      McpLimits limits,
      Origins origins,
      ResourceMetadata metadata,
      String anonymousAgent,
      InstantSource clock,
      RandomGenerator random) {
    this.entrance = new Entrance(state, origins, anonymousAgent, calls::assigned);
    this.metadata = metadata;
    this.sessions =
        new Sessions(limits.sessions(), limits.sessionIdle(), reminders.nanos(), random);
    Passing passing = new Passing(flights, new Stopping(flights), clock, () -> id(random));
    this.views = new ViewWatch(LOOK_AGAIN);
    ListViews lists = new ListViews(state, calls, views);
    AskStep asks = new AskStep(calls, sampling, elicitations);
    this.inputs = new InputStep(calls, sampling, elicitations, reminders);
    WaitingCalls waiting =
        new WaitingCalls(
            id -> pending(state.get(), id, clock), () -> id(random) + id(random), clock);
    Exchange exchange = new Exchange(inputs);
    ToolStep tools = new ToolStep(calls, exchange, tasks, waiting);
    TaskStep taskStep = new TaskStep(calls, tools, exchange, tasks, waiting);
    FeatureStep features = new FeatureStep(calls, exchange);
    Merging merging = new Merging(tools, features, passing);
    this.modern =
        new ModernWire(servers, tools, taskStep, features, passing, merging, lists, reminders);
    this.legacy =
        new LegacyWire(
            servers, tools, taskStep, features, passing, merging, sessions, asks, lists, reminders);
  }

  /// Answers a request, and returns when the client has its last byte.
  ///
  /// @param server that the path names, "" for all of the caller's
  public void answer(Request request, String server, Answer answer) throws IOException {
    JsonNode id = RpcJson.object().path("id");
    try {
      Client client = entrance.admit(request, server);
      switch (request.method()) {
        case "POST" -> {
          RpcMessage message = RpcMessage.read(request.body());
          id = message.id();
          post(client, message, answer);
        }
        case "GET" -> {
          requireLegacy(client);
          legacy.get(client, answer);
        }
        default -> {
          requireLegacy(client);
          legacy.delete(client, answer);
        }
      }
    } catch (RpcException e) {
      refuse(request, server, id, e.error(), answer);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an MCP request failed", e);
      refuse(
          request,
          server,
          id,
          RpcError.of(
              RpcError.INTERNAL,
              500,
              "The gateway met an error it did not expect; it is in its log."),
          answer);
    }
  }

  /// Refuses a request whose body could not be taken in.
  public void refuse(Request head, String server, int status, String message, Answer answer)
      throws IOException {
    refuse(
        head,
        server,
        RpcJson.object().path("id"),
        RpcError.of(RpcError.INVALID_REQUEST, status, message),
        answer);
  }

  private void post(Client client, RpcMessage message, Answer answer) throws IOException {
    switch (ModernChecks.era(client.http(), message)) {
      case MODERN -> modern.answer(client, message, answer);
      case LEGACY -> legacy.post(client, message, answer);
    }
  }

  private static void requireLegacy(Client client) {
    if (Era.modern(client.header(McpHeaders.VERSION))) {
      throw new RpcException(
          RpcError.of(
              RpcError.INVALID_REQUEST,
              405,
              "In this version of the protocol there is nothing but POST."));
    }
  }

  private void refuse(Request request, String server, JsonNode id, RpcError error, Answer answer)
      throws IOException {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("Cache-Control", "no-store"));
    if (error.status() == 401) {
      headers.add(new Header("WWW-Authenticate", metadata.challenge(request, server)));
    }
    if (error.status() == 405) {
      headers.add(new Header("Allow", "POST"));
    }
    answer.whole(error.status(), headers, RpcJson.bytes(RpcMessage.error(id, error.json())));
  }

  private static boolean pending(State state, String approval, InstantSource clock) {
    return state
        .approvals()
        .find(approval)
        .filter(found -> found.status(clock.instant()) == Status.PENDING)
        .isPresent();
  }

  private static String id(RandomGenerator random) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /// Says that there is another State: who listens is told what changes for it.
  public void published() {
    views.changed();
  }

  /// Ends all sessions.
  @Override
  public void close() {
    views.close();
    inputs.close();
    sessions.close();
  }
}
