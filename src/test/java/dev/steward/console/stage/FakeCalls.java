// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.control.live.CallCutter;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.InFlightCalls;
import dev.steward.control.state.Kill;
import java.util.ArrayList;
import java.util.List;

/// Calls in flight that go on until they are cut.
public final class FakeCalls implements InFlightCalls, CallCutter {
  public final List<InFlight> calls = new ArrayList<>();

  @Override
  public List<InFlight> list() {
    return List.copyOf(calls);
  }

  @Override
  public int cut(Kill kill) {
    int before = calls.size();
    calls.removeIf(call -> kill.selector().matches(call.subject()));
    return before - calls.size();
  }
}
