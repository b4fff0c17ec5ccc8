// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.gate.Provable;
import dev.steward.control.gate.Proved;
import dev.steward.control.gate.Proving;
import dev.steward.control.release.GateResult;
import dev.steward.domain.ApiException;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.ReleaseState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is proved before releases is proved beside the one thread that decides.
@Timeout(60)
class ReleaseProofsTest {
  private static final String GATE =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: proof}
      spec: {environments: [staging], requires: policy-proof}
      """;
  private static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: omar@example.com}
      spec: {grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: olga@example.com}
      spec: {grants: [{role: operator}]}
      """;

  @TempDir Path folder;
  private final SlowProving proving = new SlowProving();
  private ControlFixture fixture;

  /// Proves as it is done, but only when it is let go.
  private static final class SlowProving implements Proving {
    private final AtomicInteger proofs = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean slow;

    @Override
    public Optional<Proved> proved(Provable question) {
      proofs.incrementAndGet();
      entered.countDown();
      if (slow) {
        try {
          go.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return Proving.NOW.proved(question);
    }
  }

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder, ControlConfig.DEFAULT, proving);
    fixture.apply(Yaml.documents(Yaml.ALL, GATE, PEOPLE, policy("deny")));
    fixture.apply(
        Yaml.agent("lookup", "version: {tools: [{server: payments, tools: [get_order, refund]}]}"));
  }

  @AfterEach
  void close() {
    proving.go.countDown();
    fixture.close();
  }

  @Test
  void otherCommandsGoOnWhileAReleaseIsProved() throws InterruptedException {
    proving.slow = true;
    Thread release = Thread.ofVirtual().start(() -> start(person("omar")));
    assertThat(proving.entered.await(30, TimeUnit.SECONDS)).isTrue();

    fixture.submit(new Command.ChangeSetting("quiet", "yes"));

    assertThat(fixture.state().setting("quiet")).contains("yes");
    assertThat(fixture.state().releases().find("r")).isEmpty();
    proving.go.countDown();
    release.join();
    assertThat(said().verdict()).isEqualTo(GateVerdict.PASS);
  }

  @Test
  void aProofOfOlderPoliciesIsNotAccepted() throws InterruptedException {
    proving.slow = true;
    Thread release = Thread.ofVirtual().start(() -> start(person("omar")));
    assertThat(proving.entered.await(30, TimeUnit.SECONDS)).isTrue();

    // The proof that is being made is about policies that deny it.
    fixture.apply(policy("allow"));
    proving.go.countDown();
    release.join();

    assertThat(said().evidence().get("gained")).contains("payments/refund");
    assertThat(proving.proofs).hasValue(2);
  }

  @Test
  void nothingIsProvedTwiceOnTheSameBasis() {
    fixture.apply(policy("allow"));
    start(person("omar"));
    assertThat(said().verdict()).isEqualTo(GateVerdict.FAIL);
    fixture.submit(new Command.ChangeSetting("quiet", "yes"));
    fixture.submit(new Command.JudgeRelease("r"));
    assertThat(proving.proofs).hasValue(1);

    fixture.control().submit(new Command.PromoteRelease("r", "read it"), person("olga"));

    assertThat(fixture.state().releases().find("r").orElseThrow().state())
        .isEqualTo(new ReleaseState.Promoted());
    assertThat(proving.proofs).hasValue(1);
  }

  @Test
  void nothingIsProvedForWhoMayNotRelease() {
    assertThatThrownBy(() -> start(person("dana"))).isInstanceOf(ApiException.class);
    assertThat(proving.proofs).hasValue(0);
  }

  @Test
  void aProofThatFailsFailsItsCommandAlone(@TempDir Path other) {
    AtomicReference<String> trouble = new AtomicReference<>("broken");
    try (ControlFixture broken =
        new ControlFixture(
            other,
            ControlConfig.DEFAULT,
            question -> {
              if (!trouble.get().isEmpty()) {
                throw new IllegalStateException(trouble.get());
              }
              return Proving.NOW.proved(question);
            })) {
      broken.apply(Yaml.documents(Yaml.ALL, GATE, Yaml.agent("lookup")));
      Command.StartRelease start = new Command.StartRelease("r", "lookup", "staging", "", "better");
      assertThatThrownBy(() -> broken.submit(start)).hasMessage("broken");
      assertThat(broken.state().releases().find("r")).isEmpty();

      trouble.set("");
      broken.submit(start);
      assertThat(broken.state().releases().find("r")).isPresent();
    }
  }

  private void start(Actor actor) {
    fixture
        .control()
        .submit(new Command.StartRelease("r", "lookup", "staging", "", "better"), actor);
  }

  private GateResult said() {
    return fixture.state().releases().find("r").orElseThrow().said("proof").orElseThrow();
  }

  private Actor person(String name) {
    return Actor.person(fixture.state().person(name + "@example.com").orElseThrow().id());
  }

  private static String policy(String effect) {
    return """
    apiVersion: steward/v1
    kind: Policy
    metadata: {name: limits}
    spec: {rules: [{tool: payments/refund, effect: %s}]}
    """
        .formatted(effect);
  }
}
