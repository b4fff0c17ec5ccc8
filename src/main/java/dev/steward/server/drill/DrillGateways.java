// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.control.state.State;
import dev.steward.gateway.Gateway;
import dev.steward.gateway.upstream.ProviderGates;

/// Makes gateways like the server's own, for a State that was never written. They share its calls
/// in flight and so its kill switch, and keep no record.
@FunctionalInterface
public interface DrillGateways {
  Gateway of(State state, ProviderGates gates);
}
