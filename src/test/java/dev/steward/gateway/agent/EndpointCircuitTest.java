// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.live.EndpointHealth;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.NoChains;
import dev.steward.gateway.endpoint.Endpoints;
import dev.steward.gateway.endpoint.Reached;
import dev.steward.gateway.endpoint.RequestBody;
import dev.steward.gateway.health.EndpointGates;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What stands before the endpoint of an agent, with a real process behind it.
@Timeout(60)
class EndpointCircuitTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
  private static final int CALLS_LEAST = 10;

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean hangs;
  private HttpServer process;
  private ControlFixture control;

  @BeforeEach
  void open() throws IOException {
    process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    process.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    process.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.incrementAndGet();
            if (hangs) {
              released.await();
            }
            byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    process.start();
    control = new ControlFixture(folder);
  }

  @AfterEach
  void close() {
    released.countDown();
    process.stop(0);
    control.close();
  }

  @Test
  void anEndpointThatFailsIsLeftAloneAndComesBackAfterTrials() throws IOException {
    declare("");
    EndpointGates gates = gates(Duration.ofMillis(20));
    AgentForwarding forwarding = forwarding(gates);
    status = 503;
    for (int i = 0; i < CALLS_LEAST; i++) {
      assertThat(trouble(forwarding).kind()).isEqualTo(Refusal.Kind.UPSTREAM_FAILED);
    }
    EndpointGates slow = gates(Duration.ofHours(1));
    AgentForwarding patient = forwarding(slow);
    for (int i = 0; i < CALLS_LEAST; i++) {
      trouble(patient);
    }
    int before = asked.get();

    Refusal left = trouble(patient);

    assertThat(left.kind()).isEqualTo(Refusal.Kind.CIRCUIT_OPEN);
    assertThat(left.message()).contains("The agent worker has failed too often and is left alone");
    assertThat(asked.get()).as("it is spared").isEqualTo(before);
    EndpointHealth.Health open = slow.list().getFirst();
    assertThat(open.environments()).containsExactly("development");
    assertThat(open.figures().circuit()).isEqualTo(Circuit.OPEN);
    assertThat(open.figures().turnedAway()).isEqualTo(1);
    assertThat(open.figures().errors()).isEqualTo(CALLS_LEAST);

    status = 200;
    while (circuit(gates) != Circuit.CLOSED) {
      try (Reached trial = reach(forwarding)) {
        if (trial.answer().isPresent()) {
          trial.visit().answered();
        }
      }
    }
    assertThat(circuit(gates)).isEqualTo(Circuit.CLOSED);
  }

  @Test
  void anEndpointThatHangsIsLateAfterTheTimeThatItsVersionGivesIt() throws IOException {
    declare(", call: 1s");
    hangs = true;
    EndpointGates gates = gates(Duration.ofHours(1));

    Refusal late = trouble(forwarding(gates));

    assertThat(late.kind()).isEqualTo(Refusal.Kind.UPSTREAM_LATE);
    assertThat(late.message()).contains("did not begin to answer in time");
    assertThat(gates.list().getFirst().figures().errors()).isEqualTo(1);
  }

  @Test
  void aPlaceIsFreeWhenItsAnswerIsClosed() throws IOException {
    declare(", concurrency: 1");
    EndpointGates gates = gates(Duration.ofHours(1));
    AgentForwarding forwarding = forwarding(gates);

    try (Reached first = reach(forwarding)) {
      assertThat(first.answer()).isPresent();
      assertThat(gates.list().getFirst().figures().inFlight()).isEqualTo(1);
      Refusal full = trouble(forwarding);
      assertThat(full.kind()).isEqualTo(Refusal.Kind.BUSY);
      assertThat(full.message()).contains("answering 1 calls already", "'concurrency'");
    }

    assertThat(asked.get()).isEqualTo(1);
    try (Reached next = reach(forwarding)) {
      assertThat(next.trouble()).isEmpty();
    }
    assertThat(gates.list().getFirst().figures().inFlight()).isZero();
  }

  @Test
  void anotherEndpointOfTheAgentHasItsOwnCircuit() throws IOException {
    declare("");
    EndpointGates gates = gates(Duration.ofHours(1));
    AgentForwarding forwarding = forwarding(gates);
    status = 500;
    for (int i = 0; i < CALLS_LEAST; i++) {
      trouble(forwarding);
    }
    declare(", idle: 9m");
    status = 200;

    try (Reached other = reach(forwarding)) {
      assertThat(other.trouble()).isEmpty();
      other.visit().answered();
    }

    assertThat(gates.list())
        .extracting(one -> one.figures().circuit())
        .containsExactlyInAnyOrder(Circuit.OPEN, Circuit.CLOSED);
  }

  private static Circuit circuit(EndpointGates gates) {
    return gates.list().getFirst().figures().circuit();
  }

  private EndpointGates gates(Duration open) {
    return new EndpointGates(() -> control.control().state(), open, NOW);
  }

  private static AgentForwarding forwarding(EndpointGates gates) {
    return new AgentForwarding(new Endpoints(gates, _ -> ""), NoChains.of(NOW));
  }

  private Refusal trouble(AgentForwarding forwarding) throws IOException {
    try (Reached reached = reach(forwarding)) {
      return reached.trouble().orElseThrow();
    }
  }

  private Reached reach(AgentForwarding forwarding) throws IOException {
    Request head = new Request("GET", "/agents/worker/x", "", List.of(), new byte[0]);
    AgentAsked call =
        new AgentAsked(
            head,
            "worker",
            "GET",
            RequestBody.of(new byte[0]),
            "",
            false,
            false,
            new PlainForm(head));
    Place place = new Place("run", "0".repeat(31) + "1", null, false, "", "", "", null);
    AgentForwarding.Way way =
        new AgentForwarding.Way(
            call, callee(), place, Chain.NONE, new Cuttable(Thread.currentThread()));
    AgentRecord record = new AgentRecord("0123456789abcdef", NOW.instant(), "worker", "GET");
    return forwarding.reach(way, forwarding.outgoing(way, record), record);
  }

  private Caller callee() {
    State state = control.control().state();
    return new Caller(
        new AgentKey(
            "k", Digest.of("k"), "worker", "development", "", Instant.EPOCH, Actor.SYSTEM, null),
        state.agent("worker").orElseThrow(),
        state.versionInForce("worker", "development").orElseThrow());
  }

  private void declare(String reach) {
    control.apply(
        """
        apiVersion: steward/v1
        kind: Person
        metadata: {name: dana@example.com}
        spec: {displayName: Dana Smith, grants: [{role: developer}]}
        ---
        apiVersion: steward/v1
        kind: Agent
        metadata: {name: worker}
        spec:
          owner: dana@example.com
          purpose: Works.
          risk: minimal
          version:
            code: {endpoint: {url: "http://127.0.0.1:%d"%s}}
        """
            .formatted(process.getAddress().getPort(), reach));
  }
}
