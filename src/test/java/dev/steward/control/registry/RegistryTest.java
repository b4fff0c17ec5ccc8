// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Resource;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  private static final AgentFilter ALL = AgentFilter.ALL;

  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(
        Yaml.documents(
            Yaml.ALL,
            Yaml.agent("clerk", "version: {tools: [{server: payments, tools: [refund]}]}"),
            Yaml.agent("porter", "version: {tools: [{server: payments}]}"),
            Yaml.agent("reader", "version: {data: [{name: orders}], models: [{model: gpt-5}]}"),
            Yaml.agent("stranger", "version: {tools: [{server: nowhere, tools: [x]}]}")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void dataReachIsDerivedFromToolsAndSources() {
    assertThat(names(ALL.withData("orders"))).containsExactly("porter", "reader", "refunds");
    assertThat(names(ALL.withData("customer"))).containsExactly("porter", "reader", "refunds");
    assertThat(names(ALL.withData("data=customer"))).containsExactly("porter", "reader", "refunds");
    assertThat(names(ALL.withData("data=public"))).isEmpty();
    assertThat(names(ALL.withData("refund-guidelines"))).containsExactly("refunds");

    Agent refunds = fixture.state().agent("refunds").orElseThrow();
    DataReach reach = registry().reach(refunds.version());
    assertThat(reach.sources().get("orders")).containsExactly("payments/get_order");
    assertThat(reach.sources().get("refund-guidelines")).containsExactly("data");
    assertThat(reach.labels()).containsExactly("data=customer");
    Agent stranger = fixture.state().agent("stranger").orElseThrow();
    assertThat(registry().reach(stranger.version()).unknown()).containsExactly("nowhere");
  }

  @Test
  void aToolThatBeginsToReachASourceBringsItsAgentsInReach() {
    fixture.apply(Yaml.PAYMENTS.replace("effect: write", "sources: [orders]"));

    assertThat(names(ALL.withData("orders")))
        .containsExactly("clerk", "porter", "reader", "refunds");
  }

  @Test
  void asksForToolsAndModels() {
    assertThat(names(ALL.withTool("payments/refund")))
        .containsExactly("clerk", "porter", "refunds");
    assertThat(names(ALL.withTool("payments"))).containsExactly("clerk", "porter", "refunds");
    assertThat(names(ALL.withTool("payments/get_order"))).containsExactly("porter", "refunds");
    assertThat(names(ALL.withModel("gpt-5"))).containsExactly("reader", "refunds");
  }

  @Test
  void asksForWhatIsDeclared() {
    assertThat(names(ALL.withTeam("support"))).containsExactly("refunds");
    assertThat(names(ALL.withLabels(Map.of("data", "customer", "team", "support"))))
        .containsExactly("refunds");
    assertThat(names(ALL.withLabels(Map.of("team", "finance")))).isEmpty();
    assertThat(names(ALL.withRisk("high"))).containsExactly("refunds");
    assertThat(names(ALL.withOwner("dana@example.com"))).hasSize(5);
    assertThat(names(ALL.withOwner("dora@example.com"))).isEmpty();
    assertThat(names(ALL.withText("REFUND requests"))).containsExactly("refunds");
  }

  @Test
  void asksForTheVersionInForce() {
    assertThat(names(ALL.withEnvironment("development"))).hasSize(5);
    assertThat(names(ALL.withEnvironment("production"))).isEmpty();
  }

  @Test
  void allPartsMustHold() {
    assertThat(names(ALL.withModel("gpt-5").withTool("payments"))).containsExactly("refunds");
    assertThat(names(ALL.withModel("gpt-5").withRisk("limited"))).containsExactly("reader");
  }

  private Registry registry() {
    return new Registry(fixture.state());
  }

  private Iterable<String> names(AgentFilter filter) {
    return registry().agents(filter).stream().map(Resource::name).toList();
  }
}
