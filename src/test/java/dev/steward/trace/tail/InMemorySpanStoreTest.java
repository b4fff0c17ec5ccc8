// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.trace.AgentDirectory;
import dev.steward.trace.GatewaySpansContract;
import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Silence;
import java.time.InstantSource;

class InMemorySpanStoreTest extends GatewaySpansContract {
  @Override
  protected SpanStore open(AgentDirectory agents, Silence silence, InstantSource clock) {
    return new InMemorySpanStore(agents, silence, clock);
  }

  @Override
  protected boolean durable() {
    return false;
  }
}
