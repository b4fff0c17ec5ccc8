// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// A call that people must agree to before it is made.
///
/// @param caller as proven; whoever issued its key counts as one who asked for the run
/// @param arguments as the agent gave them, valid against the tool's schema
/// @param facts that policy decided on
/// @param why the reason that the agent gave, "" for none
/// @param hold how long the call may wait here for an answer; zero for not at all
public record Asking(
    Caller caller,
    ToolCall call,
    ObjectNode arguments,
    Place place,
    Facts facts,
    String why,
    Duration hold) {}
