// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.drill.Drill;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.upstream.ProviderGates;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Where drills are held, one at a time.
public final class DrillHall {
  public static final int STREAMS_MAX = 500;
  public static final int STREAMS_USUAL = 100;

  /// How long the circuit of a drill stays open.
  private static final Duration OPEN = Duration.ofSeconds(1);

  private final Control control;
  private final KillSwitch stops;
  private final DrillGateways gateways;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore place = new Semaphore(1);

  public DrillHall(
      Control control,
      KillSwitch stops,
      DrillGateways gateways,
      Supplier<String> ids,
      InstantSource clock,
      RandomGenerator random) {
    this.control = control;
    this.stops = stops;
    this.gateways = gateways;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /// Drills the kill switch and the circuit breaker, and writes the figures to the ledger.
  ///
  /// @return how each of them ended
  /// @throws ApiException INVALID, FORBIDDEN, and CONFLICT while another drill is held or while no
  ///   call would be let through
  public List<Drill> hold(int streams, Actor actor) {
    if (streams < 1 || streams > STREAMS_MAX) {
      throw new ApiException(
          ErrorCode.INVALID, "a drill opens 1 to " + STREAMS_MAX + " streams, not " + streams);
    }
    if (!place.tryAcquire()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "a drill is being held already; wait until it is over");
    }
    try {
      String id = "drill-" + ids.get();
      for (Held held : held(id, streams, actor)) {
        control.submit(
            new Command.RecordDrill(
                id, held.of(), held.fault().isEmpty(), held.figures(), held.fault()),
            actor);
      }
      return control.state().drills().all().stream().filter(d -> d.id().equals(id)).toList();
    } finally {
      place.release();
    }
  }

  private List<Held> held(String id, int streams, Actor actor) {
    ProviderGates gates = new ProviderGates(OPEN);
    try (DrillProvider provider = new DrillProvider()) {
      State blank = control.state().blank();
      DrillAgent agent = DrillAgent.of(blank, id, provider.url(), clock.instant(), random);
      try (DrillRoom room = DrillRoom.open(gateways.of(agent.state(), gates));
          DrillClient client = new DrillClient(room.url(), agent.key(), id)) {
        requireWay(client);
        Held kill =
            new KillDrill(provider, client, stops, agent.meant(), "kill-" + id, actor)
                .hold(streams);
        return List.of(kill, new CircuitDrill(provider, client, gates).hold());
      }
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.INTERNAL, "the drill's own calls failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ErrorCode.INTERNAL, "the drill was interrupted", e);
    }
  }

  /// A call must get through before anything can be cut.
  private static void requireWay(DrillClient client) throws IOException, InterruptedException {
    DrillClient.Told told = client.ask("chat");
    if (told.status() != 200) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "no drill can be held, since a call is answered "
              + told.status()
              + " before anything is killed: "
              + told.body());
    }
  }
}
