// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.domain.Cost;
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
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.wire.Request;
import dev.steward.store.file.FileBudgetLog;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.rate.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class InputStepTest {
  private final AtomicLong nanos = new AtomicLong();
  private final OpenCalls calls = new OpenCalls();
  private final ToolServer server = OpenCalls.crm();

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

  @Test
  void aQuestionThatIsAskedForAgainAndAgainIsNotGivenUp() throws Exception {
    try (ControlFixture control = new ControlFixture(folder);
        Budgets budgets = budgets(control);
        Reminders reminders = new Reminders(nanos::get, Duration.ofMillis(1));
        InputStep inputs =
            new InputStep(
                calls, sampling(control, budgets), new Elicitations(List.of()), reminders)) {
      for (int i = 0; i < 5; i++) {
        required(inputs);
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
      }

      assertThat(calls.asked).hasSize(1);
    }
  }

  private void required(InputStep inputs) {
    ObjectNode result =
        (ObjectNode)
            RpcJson.read(
                "{\"resultType\":\"input_required\",\"requestState\":\"s\",\"inputRequests\":{\"q\":"
                    + "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Which?\"}}}}");
    inputs.required(
        client(),
        ToolOrigin.NONE,
        OpenCalls.sending(RpcJson.object()),
        server,
        request("{}"),
        result);
  }

  private void given(InputStep inputs) throws ToolServerException {
    inputs.given(
        client(),
        ToolOrigin.NONE,
        OpenCalls.sending(RpcJson.object()),
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

  private Client client() {
    return new Client(
        OpenCalls.caller(),
        new Destination.One(server),
        new Request("POST", "/mcp/crm", "", List.of(), new byte[0]));
  }
}
