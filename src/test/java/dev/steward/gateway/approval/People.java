// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.RuleName;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A real Control with an agent, a policy that asks people, and the step over it.
final class People implements AutoCloseable {
  static final String POLICY =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: refunds}
      spec:
        rules:
          - {name: large, tool: payments/refund, effect: require_approval, fourEyes: false, expires: 1h}
          - {name: read, tool: payments/get_order, effect: allow}
      """;
  static final RuleName LARGE = new RuleName("refunds", "large");

  final ControlFixture fixture;
  AskPeople step;
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicReference<Instant> now = new AtomicReference<>(ControlFixture.START);

  People(Path folder) {
    this.fixture = new ControlFixture(folder);
    fixture.apply(
        Yaml.documents(Yaml.DANA, Yaml.ORDERS, Yaml.PAYMENTS, POLICY, Yaml.agent("refunds", "")));
    fixture.submit(
        new Command.IssueAgentKey("key-1", Digest.of("key"), "refunds", "development", ""));
    this.step = step();
  }

  /// Who is said to have started runs; a test sets it.
  Set<String> starters = Set.of();

  void restart() {
    fixture.restart();
    step = step();
  }

  private AskPeople step() {
    return AskPeople.over(
        fixture.control(),
        fixture::now,
        () -> "a-%04d".formatted(ids.incrementAndGet()),
        () -> "http://127.0.0.1:7070",
        (agent, place) -> starters);
  }

  ApprovalEnding ask(String arguments) {
    return ask(asking(arguments, "run-1", Duration.ZERO));
  }

  ApprovalEnding ask(Asking asking) {
    return step.ask(decision(), asking);
  }

  Asking asking(String arguments, String run, Duration hold) {
    return asking(arguments, run, hold, "0a1b", "key-1");
  }

  Asking asking(String arguments, String version, String key) {
    return asking(arguments, "run-1", Duration.ZERO, version, key);
  }

  private Asking asking(String arguments, String run, Duration hold, String version, String key) {
    Caller caller =
        new Caller(
            fixture.state().agentKeyById(key).orElseThrow(),
            fixture.state().agent("refunds").orElseThrow(),
            fixture.state().versionInForce("refunds", "development").orElseThrow());
    ObjectNode json = object(arguments);
    return new Asking(
        caller,
        new ToolCall(
            new dev.steward.domain.call.Caller(
                "refunds", version, "development", Map.of(), "limited", Set.of(), List.of()),
            "payments",
            "refund",
            Map.of()),
        json,
        new Place(run.isEmpty() ? "trace" : run, "trace", null, !run.isEmpty(), "", "", "", null),
        new Facts(
            now.get(),
            new RunSoFar(
                run,
                3,
                new Cost.Known(new BigDecimal("0.02"), "USD", Cost.Source.PRICED, ""),
                Set.of()),
            new Cost.Unknown("no price"),
            Taint.UNKNOWN),
        "the customer is owed it",
        hold);
  }

  static ObjectNode object(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json);
  }

  static Decision.RequireApproval decision(RuleName... rules) {
    return new Decision.RequireApproval(
        Grounds.of(rules.length == 0 ? List.of(LARGE) : List.of(rules), "refunds need a person"),
        List.of(new ApprovalTerms(List.of(), 1, false, Duration.ofHours(1))),
        Obligations.NONE);
  }

  void answer(String id, boolean approve, String reason, Optional<String> arguments) {
    fixture
        .control()
        .submit(
            new Command.AnswerApproval(
                id, approve, reason, arguments, Optional.empty(), Optional.empty()),
            Actor.SYSTEM);
  }

  void approve(String id) {
    answer(id, true, "", Optional.empty());
  }

  @Override
  public void close() {
    fixture.close();
  }
}
