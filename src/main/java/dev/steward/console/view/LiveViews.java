// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.control.live.ApprovalDesk;
import dev.steward.control.live.EndpointHealth;
import dev.steward.control.live.InFlightCalls;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.live.OfferedTools;
import dev.steward.control.live.ToolServerHealth;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.outbox.Courier;
import dev.steward.control.secret.SecretDesk;

/// What is going on at this moment, and the switch that stops it.
///
/// @param health how the model providers answer
/// @param servers how the tool servers answer
/// @param endpoints how the endpoints of agents answer
/// @param secrets their names; a page never sees a value
/// @param offers what tool servers offer now, beside what was accepted
public record LiveViews(
    KillSwitch stops,
    InFlightCalls calls,
    UpstreamHealth health,
    ToolServerHealth servers,
    EndpointHealth endpoints,
    SecretDesk secrets,
    ApprovalDesk approvals,
    Courier courier,
    OfferedTools offers) {}
