// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import org.jspecify.annotations.Nullable;

/// Who sent a span and what piece of work it belongs to, as far as the sender says.
///
/// @param service `service.name` of the resource
/// @param agent the agent's name: of the key it came with, else `gen_ai.agent.name` and its older
///   forms; on a span without one null (it is inherited from the agent span above it)
/// @param version the key's, else the sender's `agent.version`, else null
/// @param environment the key's, else `deployment.environment.name`, else null
/// @param workflow null when not said
/// @param task one piece of work over retries and runs; null when not said
/// @param conversation null when not said
/// @param run `steward.run.id` or `x-steward-run`, null when not said
/// @param user the end user's id as the sender gave it
public record Origin(
    String service,
    @Nullable String agent,
    @Nullable String version,
    @Nullable String environment,
    @Nullable String workflow,
    @Nullable String task,
    @Nullable String conversation,
    @Nullable String run,
    @Nullable String user) {}
