// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

/// What leads from a tool call to its run; "" for what its client does not say.
///
/// @param traceparent of W3C trace context
/// @param callId that the model gave the call
/// @param user for whom the run is
/// @param tool its name at its server
/// @param arguments fingerprint of them
public record ToolTrail(
    String run,
    String traceparent,
    String conversation,
    String workflow,
    String task,
    String callId,
    String user,
    String tool,
    long arguments) {}
