// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.state.State;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.record.Effects;
import dev.steward.gateway.tool.EditedCalls;
import dev.steward.gateway.tool.Offers;
import dev.steward.gateway.tool.ToolGateway;
import dev.steward.gateway.toolserver.ToolServers;
import dev.steward.ledger.Ledger;
import dev.steward.server.log.EffectLedger;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The way of tool calls, put together.
///
/// @param offers what tool servers offer now
/// @param effects what tools did to the world
record ToolWay(ToolGateway gateway, Offers offers, EffectLedger effects) {

  /// @param shared with the way of model calls: a run is one, whatever it calls
  static ToolWay open(
      Supplier<State> state,
      Ledger activity,
      Live live,
      ModelGateway.Shared shared,
      ToolServers servers,
      Chains chains,
      InstantSource clock,
      Closing closing) {
    EffectLedger ledger = new EffectLedger(activity, clock).start();
    Effects effects = closing.add(new Effects(ledger, clock));
    Offers offers = closing.add(new Offers(state, servers, clock)).start();
    ToolGateway gateway =
        new ToolGateway(
            state,
            shared.places(),
            live.flights(),
            offers,
            live.asking(),
            new LoopStep(shared.loops()),
            shared.runs(),
            chains,
            shared.money(),
            effects,
            shared.recorder(),
            clock);
    live.approvals().connect(new EditedCalls(state, shared.runs(), chains, clock));
    return new ToolWay(gateway, offers, ledger);
  }
}
