// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.joined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.step.Connector;
import dev.steward.gateway.step.Exchange;
import dev.steward.gateway.step.FeatureStep;
import dev.steward.gateway.step.OpenCalls;
import dev.steward.gateway.step.Passing;
import dev.steward.gateway.step.ToolStep;
import dev.steward.gateway.task.TaskOwners;
import dev.steward.gateway.task.WaitingCalls;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Request;
import dev.steward.trace.diary.Diary;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MergingTest {
  private final InstantSource clock = InstantSource.system();
  private final OpenCalls calls = new OpenCalls();

  @Test
  void aServerThatBreaksHidesNobodyElsesList() throws Exception {
    Destination.All all = new Destination.All(List.of(OpenCalls.crm(), OpenCalls.desk()));
    Client client =
        new Client(
            OpenCalls.caller(), all, new Request("POST", "/mcp", "", List.of(), new byte[0]));
    RpcMessage list = RpcMessage.request("1", "prompts/list", RpcJson.object());

    ObjectNode merged = merging().list(client, all, list, Era.MODERN, new Servers());

    assertThat(merged.path("prompts")).hasSize(1);
    assertThat(merged.at("/prompts/0/name").asString()).isEqualTo("desk__greet");
  }

  // Lists go through no exchange, so none needs the questions that it would look through.
  @SuppressWarnings("NullAway")
  private Merging merging() {
    Flights flights = new Flights(_ -> Optional.empty(), _ -> "");
    TaskOwners owners = new TaskOwners(Diary.NONE, clock);
    WaitingCalls waiting = new WaitingCalls(_ -> true, () -> "w", clock);
    Exchange none = new Exchange(null);
    return new Merging(
        new ToolStep(calls, none, owners, waiting),
        new FeatureStep(calls, none),
        new Passing(flights, new Stopping(flights), clock, () -> "f"));
  }

  /// Of which `crm` breaks.
  private static final class Servers implements Connector {
    @Override
    public ToolConnection to(ToolServer server) {
      if (server.name().equals("crm")) {
        throw new IllegalStateException("its connection is broken");
      }
      return new Prompts();
    }

    @Override
    public void heard(ToolServer from, RpcMessage message, ToolOrigin within) {
      throw new IllegalStateException("it says nothing");
    }
  }

  private static final class Prompts implements ToolConnection {
    @Override
    public Answers ask(RpcMessage request, List<Header> headers, Cuttable call) {
      ObjectNode result = (ObjectNode) RpcJson.read("{\"prompts\":[{\"name\":\"greet\"}]}");
      Queue<RpcMessage> said =
          new ArrayDeque<>(List.of(new RpcMessage(RpcMessage.result(request.id(), result))));
      return new Answers() {
        @Override
        public boolean streaming() {
          return false;
        }

        @Override
        public @Nullable RpcMessage next() {
          return said.poll();
        }

        @Override
        public void close() {
          said.clear();
        }
      };
    }

    @Override
    public void tell(RpcMessage message, Cuttable call) {
      throw new IllegalStateException("it is told nothing");
    }

    @Override
    public Optional<Answers> listen(Cuttable call) {
      return Optional.empty();
    }

    @Override
    public boolean lost() {
      return false;
    }

    @Override
    public void close() {
      // There is nothing to end.
    }
  }
}
