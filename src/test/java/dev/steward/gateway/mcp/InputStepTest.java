// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.asking.Elicitations;
import dev.steward.gateway.asking.Sampling;
import dev.steward.gateway.budget.Budgets;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.estimate.TokenCounter;
import dev.steward.gateway.estimate.UsageEstimate;
import dev.steward.gateway.estimate.WorstCases;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.tool.ListView;
import dev.steward.gateway.tool.TaskTerms;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.wire.Request;
import dev.steward.store.file.FileBudgetLog;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.rate.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class InputStepTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: crm}
      spec: {owner: dana@example.com, url: "http://127.0.0.1:9/mcp", tools: [{name: ask, effect: read}]}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: helper}
      spec: {owner: dana@example.com, purpose: Helps., risk: minimal, version: {}}
      """;

  private final AtomicLong nanos = new AtomicLong();
  private final Passed calls = new Passed();
  private final ToolServer server = (ToolServer) declared(0);

  @TempDir Path folder;

  @Test
  void aQuestionThatWaitsTooLongIsGivenUpThoughNobodyCalls() throws Exception {
    try (ControlFixture control = new ControlFixture(folder);
        Budgets budgets = budgets(control);
        Reminders reminders = new Reminders(nanos::get, Duration.ofMillis(1));
        InputStep inputs =
            new InputStep(
                calls, sampling(control, budgets), new Elicitations(List.of()), reminders)) {
      reminders.start();
      required(inputs);
      given(inputs);
      assertThat(calls.asked.getLast().path("message").asString())
          .as("it is known")
          .isEqualTo("Which?");

      nanos.addAndGet(Duration.ofMinutes(10).toNanos());

      long last = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      do {
        assertThat(System.nanoTime()).as("in time").isLessThan(last);
        Thread.onSpinWait();
        given(inputs);
      } while (!calls.asked.getLast().isEmpty());
    }
  }

  private void required(InputStep inputs) {
    ObjectNode result =
        (ObjectNode)
            RpcJson.read(
                "{\"resultType\":\"input_required\",\"requestState\":\"s\",\"inputRequests\":{\"q\":"
                    + "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Which?\"}}}}");
    inputs.required(client(), ToolOrigin.NONE, sending(), server, request("{}"), result);
  }

  private void given(InputStep inputs) throws ToolServerException {
    inputs.given(
        client(),
        ToolOrigin.NONE,
        sending(),
        server,
        request(
            "{\"requestState\":\"s\",\"inputResponses\":{\"q\":{\"action\":\"accept\",\"content\":{}}}}"));
  }

  private Budgets budgets(ControlFixture control) {
    return Budgets.open(
        control.control(),
        "node",
        FileBudgetLog.open(folder.resolve("budgets")),
        control::now,
        _ -> {});
  }

  private static Sampling sampling(ControlFixture control, Budgets budgets) {
    PriceBook prices = (_, _, _, _, _) -> new Cost.Unknown("none");
    MoneyStep money =
        new MoneyStep(
            budgets,
            new WorstCases(prices, new TokenCounter(), control::now, WorstCases.OUTPUT_MAX),
            new UsageEstimate(new TokenCounter()),
            prices);
    return new Sampling(
        control::state,
        money,
        new Runs(100, Duration.ofHours(1)),
        new Places(new Strands(100, Diary.NONE), new Random(7)).overheard(),
        _ -> {},
        control::now,
        () -> "s");
  }

  private static RpcMessage request(String params) {
    return RpcMessage.request("1", "tools/call", (ObjectNode) RpcJson.read(params));
  }

  private static ToolSend.Sending sending() {
    return new ToolSend.Sending(
        RpcJson.object(),
        "",
        new Cuttable(Thread.currentThread()),
        new Place("r", "r", null, false, "", "", "", null),
        caller(),
        "");
  }

  private static Caller caller() {
    AgentKey key =
        new AgentKey("k", Digest.of("k"), "helper", "development", "", NOW, Actor.SYSTEM, null);
    Agent agent = (Agent) declared(1);
    return new Caller(key, agent, agent.version());
  }

  private Client client() {
    return new Client(
        caller(),
        new Destination.One(server),
        new Request("POST", "/mcp/crm", "", List.of(), new byte[0]));
  }

  private static Resource declared(int place) {
    return ControlFixture.read(RESOURCES).declarations().get(place).resource();
  }

  /// Lets every call through.
  private static final class Passed implements ToolCalls {
    private final List<ObjectNode> asked = new ArrayList<>();

    @Override
    public ToolEnding call(ToolAsked question, ToolSend send) {
      asked.add(question.arguments());
      ToolSend.Sending sending = sending();
      try {
        return new ToolEnding.Answered(
            send.send(
                new ToolSend.Sending(
                    question.arguments(),
                    sending.traceparent(),
                    sending.cuttable(),
                    sending.place(),
                    question.caller(),
                    "")));
      } catch (ToolServerException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public ToolEnding fetch(ToolAsked question, TaskTerms terms, ToolSend send) {
      throw new IllegalStateException("there are no tasks");
    }

    @Override
    public List<ObjectNode> visible(Caller caller, String of, List<ObjectNode> offered) {
      return offered;
    }

    @Override
    public boolean visible(Caller caller, String of, String feature) {
      return true;
    }

    @Override
    public ListView view(Caller caller, List<String> servers) {
      throw new IllegalStateException("there are no lists");
    }
  }
}
