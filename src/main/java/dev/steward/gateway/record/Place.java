// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.domain.Subject;
import dev.steward.gateway.identity.Caller;
import org.jspecify.annotations.Nullable;

/// The place of a call in what its agent does.
///
/// @param run its id, as far as it is known while the call is on its way
/// @param traceId of the call's span, 32 hex characters
/// @param parentSpanId 16 hex characters, null for a call that stands alone
/// @param said whether the run was named by the agent, so that the span must carry it
/// @param conversation "" when not known
/// @param begins the run's own span where the run begins with this call and the gateway writes it,
///   else null
public record Place(
    String run,
    String traceId,
    @Nullable String parentSpanId,
    boolean said,
    String conversation,
    String workflow,
    String task,
    @Nullable Root begins) {

  /// The same in that conversation.
  public Place in(String other) {
    return new Place(run, traceId, parentSpanId, said, other, workflow, task, begins);
  }

  /// The place of what is done for a call of this place.
  ///
  /// @param spanId of the call
  public Place above(String spanId) {
    return new Place(run, traceId, spanId, said, conversation, workflow, task, null);
  }

  /// Whom and what a call here concerns that is of no model and no tool.
  public Subject subject(Caller who) {
    return new Subject(
        who.agent().name(),
        who.version().digest().hex(),
        who.environment(),
        workflow,
        run,
        conversation,
        task,
        who.agent().metadata().labels(),
        "",
        "",
        "",
        who.shadow().isPresent(),
        who.bound(),
        who.agent().workflowsOf(workflow));
  }
}
