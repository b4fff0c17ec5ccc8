// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import org.jspecify.annotations.Nullable;

/// Who sent a span and what piece of work it belongs to, as far as the sender says.
///
/// @param service `service.name` of the resource
/// @param agent the agent that the span names by `gen_ai.agent.name` and its older forms, else its
///   sender; null when neither is known (it is inherited from the agent span above it)
/// @param version the key's where the agent is the sender, else the span's `agent.version`, else
///   null
/// @param environment the key's, else `deployment.environment.name`, else null
/// @param workflow what the span says, else the `x-steward-workflow` header, else null
/// @param task one piece of work over retries and runs: the `x-steward-task` header, else
///   `steward.task.id`, else null
/// @param conversation null when not said
/// @param run `steward.run.id` or `x-steward-run`, null when not said
/// @param user the end user's id as the sender gave it
/// @param sender the agent whose key the span came with, null without one
public record Origin(
    String service,
    @Nullable String agent,
    @Nullable String version,
    @Nullable String environment,
    @Nullable String workflow,
    @Nullable String task,
    @Nullable String conversation,
    @Nullable String run,
    @Nullable String user,
    @Nullable String sender) {

  public Origin sentBy(@Nullable String keyOwner) {
    return new Origin(
        service, agent, version, environment, workflow, task, conversation, run, user, keyOwner);
  }

  /// Who sent and acted, without the work it belongs to.
  public static Origin of(String service, @Nullable String agent, @Nullable String sender) {
    return new Origin(service, agent, null, null, null, null, null, null, null, sender);
  }

  /// The agent that the span names apart from its sender, null when it names none or just that.
  public @Nullable String named() {
    return agent == null || agent.equals(sender) ? null : agent;
  }
}
