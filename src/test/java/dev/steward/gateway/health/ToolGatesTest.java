// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.tool.ToolServerException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolGatesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final int CALLS_LEAST = 10;

  private ControlFixture control;

  @BeforeEach
  void declare(@TempDir Path folder) {
    control = new ControlFixture(folder);
    control.apply(Yaml.documents(Yaml.DANA, server("concurrency: 2")));
  }

  @Test
  void aServerIsShownBeforeItsFirstCall() {
    assertThat(gates(Duration.ofHours(1)).list())
        .hasSize(1)
        .allSatisfy(health -> {
          assertThat(health.name()).isEqualTo("crm");
          assertThat(health.calls()).isZero();
          assertThat(health.circuit()).isEqualTo(Circuit.CLOSED);
          assertThat(health.probeIn()).isEmpty();
          assertThat(health.limit()).isEqualTo(2);
        });
  }

  @Test
  void countsWhatCallsCameToOnceEach() throws ToolServerException {
    ToolGates gates = gates(Duration.ofHours(1));
    Visit good = enter(gates);
    good.began();
    good.answered();
    good.failed("too late to say so");
    good.leave();
    good.leave();
    Visit cut = enter(gates);
    cut.leave();
    Visit wrong = enter(gates);
    wrong.troubled("It answered 401.");
    wrong.leave();

    Health health = gates.list().getFirst();
    assertThat(health.calls()).isEqualTo(3);
    assertThat(health.errors()).isEqualTo(1);
    assertThat(health.firstByte().answers()).isEqualTo(1);
    assertThat(health.whole().answers()).isEqualTo(1);
    assertThat(health.inFlight()).isZero();
    assertThat(health.lastError())
        .hasValueSatisfying(last -> assertThat(last.message()).isEqualTo("It answered 401."));
  }

  @Test
  void aFullServerTurnsAwayAndSaysSo() throws ToolServerException {
    ToolGates gates = gates(Duration.ofHours(1));
    Visit one = enter(gates);
    Visit two = enter(gates);

    assertThatThrownBy(() -> enter(gates))
        .isInstanceOf(ToolServerException.class)
        .hasMessageContaining("crm is answering 2 calls already");

    Health full = gates.list().getFirst();
    assertThat(full.inFlight()).isEqualTo(2);
    assertThat(full.turnedAway()).isEqualTo(1);
    assertThat(full.calls()).isEqualTo(2);
    one.leave();
    two.leave();
    enter(gates).leave();
  }

  @Test
  void anotherLimitKeepsTheFigures() throws ToolServerException {
    ToolGates gates = gates(Duration.ofHours(1));
    Visit visit = enter(gates);
    visit.failed("It broke off.");
    visit.leave();

    control.apply(server("concurrency: 5"));

    Health health = gates.list().getFirst();
    assertThat(health.limit()).isEqualTo(5);
    assertThat(health.errors()).isEqualTo(1);
  }

  @Test
  void anOpenCircuitSaysWhenItIsTriedAgainAndClosesAfterTrials() throws ToolServerException {
    ToolGates slow = gates(Duration.ofHours(1));
    fail(slow);
    Health open = slow.list().getFirst();
    assertThat(open.circuit()).isEqualTo(Circuit.OPEN);
    assertThat(open.probeIn())
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    assertThatThrownBy(() -> enter(slow)).hasMessageContaining("left alone");

    ToolGates quick = gates(Duration.ofMillis(20));
    fail(quick);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (quick.list().getFirst().circuit() != Circuit.HALF_OPEN) {
      assertThat(System.nanoTime()).as("until it is half open").isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(quick.list().getFirst().probeIn()).isEmpty();
    while (quick.list().getFirst().circuit() != Circuit.CLOSED) {
      assertThat(System.nanoTime()).as("until it is closed").isLessThan(deadline);
      Visit trial = enter(quick);
      trial.answered();
      trial.leave();
    }
  }

  private void fail(ToolGates gates) throws ToolServerException {
    for (int i = 0; i < CALLS_LEAST; i++) {
      Visit visit = enter(gates);
      visit.failed("It broke off.");
      visit.leave();
    }
  }

  private Visit enter(ToolGates gates) throws ToolServerException {
    ToolServer server = control.control().state().find(ToolServer.class, "crm").orElseThrow();
    return gates.of(server).enter();
  }

  private ToolGates gates(Duration open) {
    return new ToolGates(() -> control.control().state(), open, InstantSource.fixed(NOW));
  }

  private static String server(String setting) {
    return """
    apiVersion: steward/v1
    kind: ToolServer
    metadata: {name: crm}
    spec: {owner: dana@example.com, url: "http://127.0.0.1:1/mcp", SETTING}
    """
        .replace("SETTING", setting);
  }
}
