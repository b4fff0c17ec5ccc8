// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.control.live.InFlight;
import dev.steward.control.state.Kill;
import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FlightsTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final Kill KILL = kill("agent=refunds");

  private final AtomicReference<Optional<Kill>> inForce = new AtomicReference<>(Optional.empty());
  private final Flights flights =
      new Flights(
          subject -> inForce.get().filter(kill -> kill.selector().matches(subject)), _ -> "");

  @Test
  void showsWhatIsOnItsWayAndHowFarItCame() {
    try (Flight first = flights.open(call("call-1", "refunds"));
        Flight second = flights.open(call("call-2", "lookup"))) {
      first.tokens(5);
      first.tokens(7);
      first.priced(tokens -> cost(tokens));
      second.priced(tokens -> cost(tokens));

      assertThat(flights.list()).extracting(InFlight::id).containsExactly("call-1", "call-2");
      assertThat(flights.list().getFirst().tokens()).isEqualTo(12);
      assertThat(flights.list().getFirst().cost()).isEqualTo(cost(12));
      assertThat(flights.list().getLast().cost()).isEqualTo(cost(0));
      assertThat(flights.count(Selector.agent("refunds"))).isEqualTo(1);
      assertThat(flights.count(Selector.EVERYTHING)).isEqualTo(2);
      assertThat(first.cut()).isEmpty();
    }
    assertThat(flights.list()).isEmpty();
  }

  @Test
  void aKillInterruptsTheThreadsThatItMeansAndNoOther() throws InterruptedException {
    AtomicInteger cut = new AtomicInteger();
    CountDownLatch flying = new CountDownLatch(20);
    CountDownLatch land = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String agent = i % 2 == 0 ? "refunds" : "lookup";
      InFlight facts = call("call-" + i, agent);
      threads.add(
          Thread.startVirtualThread(() -> {
            try (Flight flight = flights.open(facts)) {
              flying.countDown();
              try {
                land.await();
              } catch (InterruptedException _) {
                if (flight.cut().isPresent() && agent.equals("refunds")) {
                  cut.incrementAndGet();
                }
              }
            }
          }));
    }
    flying.await();

    assertThat(flights.cut(KILL)).isEqualTo(10);

    for (int i = 0; i < 20; i += 2) {
      assertThat(threads.get(i).join(java.time.Duration.ofSeconds(20))).isTrue();
    }
    assertThat(cut).hasValue(10);
    assertThat(flights.list()).hasSize(10);
    land.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void aCallIsCutOnceAndACallThatEndedNever() {
    Flight flight = flights.open(call("call-1", "refunds"));

    assertThat(flights.cut(KILL)).isEqualTo(1);
    assertThat(flights.cut(KILL)).isZero();
    assertThat(flight.cut()).contains(new Stop.Killed(KILL));
    assertThat(Thread.currentThread().isInterrupted()).as("taken back").isFalse();
    flight.close();
    assertThat(flights.cut(KILL)).isZero();
    assertThat(flight.cut(new Stop.Killed(KILL))).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void allClientsAreToldBeforeTheFirstCallIsEnded() throws InterruptedException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ended = new CountDownLatch(10);
    List<Flight> open = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      open.add(
          flights.open(
              call("call-" + i, "refunds"),
              () -> Optional.of(() -> order.add("told")),
              () -> {
                order.add("ended");
                ended.countDown();
              }));
    }

    assertThat(flights.cut(KILL)).isEqualTo(10);

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(order.subList(0, 10)).containsOnly("told");
    assertThat(order).hasSize(20);
    open.forEach(Flight::close);
  }

  @Test
  void aClientThatDoesNotReadHoldsUpNoOtherCallAndIsLeftInTheEnd() throws InterruptedException {
    CountDownLatch bothEnded = new CountDownLatch(2);
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Runnable stuck =
        () -> {
          try {
            never.await();
          } catch (InterruptedException _) {
            left.countDown();
          }
        };
    try (Flight _ =
            flights.open(call("stuck", "refunds"), () -> Optional.of(stuck), bothEnded::countDown);
        Flight _ =
            flights.open(
                call("reads", "refunds"), () -> Optional.of(() -> {}), bothEnded::countDown)) {
      flights.cut(KILL);

      assertThat(bothEnded.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aCallThatBeginsUnderAKillIsCutWithoutAnInterrupt() {
    inForce.set(Optional.of(KILL));

    try (Flight flight = flights.open(call("call-1", "refunds"))) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(flight.cut()).contains(new Stop.Killed(KILL));
    }
  }

  @Test
  void aCallThatTurnsToWhatIsKilledIsCut() {
    inForce.set(Optional.of(kill("provider=openai")));

    try (Flight flight = flights.open(call("call-1", "refunds"))) {
      assertThat(flight.cut()).isEmpty();
      flight.concerns(
          new Subject("refunds", "", "", "", "", "", "", Map.of(), "openai", "gpt-5", ""));
      assertThat(flight.cut()).isPresent();
    }
  }

  /// Either the kill finds the call or the call finds the kill, 2,000 times over.
  @Test
  void noCallSlipsThroughAKillThatComesAtTheSameTime() throws InterruptedException {
    for (int i = 0; i < 2_000; i++) {
      inForce.set(Optional.empty());
      AtomicBoolean go = new AtomicBoolean();
      InFlight facts = call("call-" + i, "refunds");
      CountDownLatch ended = new CountDownLatch(1);
      Thread caller =
          Thread.startVirtualThread(() -> {
            while (!go.get()) {
              Thread.onSpinWait();
            }
            try (Flight flight = flights.open(facts)) {
              if (flight.cut().isEmpty()) {
                new CountDownLatch(1).await();
              }
            } catch (InterruptedException _) {
              // Cut while it waited.
            }
            ended.countDown();
          });
      go.set(true);
      inForce.set(Optional.of(KILL));
      flights.cut(KILL);
      assertThat(ended.await(20, TimeUnit.SECONDS)).as("call %d was cut", i).isTrue();
      caller.join();
    }
  }

  /// One thread makes call after call while it is cut again and again: no interrupt may reach it
  /// between two calls, and none that it did not earn.
  @Test
  @Timeout(120)
  void noInterruptStraysIntoALaterCall() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger strays = new AtomicInteger();
    AtomicInteger cuts = new AtomicInteger();
    AtomicInteger counted = new AtomicInteger();
    Thread caller =
        Thread.ofPlatform()
            .unstarted(() -> {
              for (int i = 0; i < 200_000 || counted.get() == 0; i++) {
                boolean cut;
                try (Flight flight = flights.open(call("call", "refunds"))) {
                  cut = i % 2 == 0 && flight.cut().isPresent();
                }
                if (Thread.interrupted()) {
                  strays.incrementAndGet();
                }
                cuts.addAndGet(cut ? 1 : 0);
              }
              done.set(true);
            });
    caller.start();
    while (!done.get()) {
      counted.addAndGet(flights.cut(KILL));
    }
    caller.join();

    assertThat(strays).hasValue(0);
    assertThat(counted).hasPositiveValue();
  }

  private static Cost cost(long tokens) {
    return new Cost.Known(BigDecimal.valueOf(tokens), "USD", Cost.Source.ESTIMATED, "");
  }

  private static InFlight call(String id, String agent) {
    return InFlight.begun(
        id, InFlight.Kind.MODEL, Subject.ofAgent(agent, Map.of()), AT, "chat gpt-5");
  }

  private static Kill kill(String selector) {
    return new Kill(
        "kill-1",
        Selector.parse(selector),
        false,
        Digest.of("x"),
        AT,
        Actor.SYSTEM,
        Optional.empty());
  }
}
