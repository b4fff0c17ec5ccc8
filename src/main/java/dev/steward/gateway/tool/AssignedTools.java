// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.shadow.ShadowRuns;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The way of tool calls for the version that each call is given while a release is tried: the one
/// that its conversation, user or run has everywhere.
public final class AssignedTools implements ToolCalls {
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final ToolCalls calls;
  private final Places places;
  private final Supplier<State> state;

  public AssignedTools(ToolCalls calls, Places places, Supplier<State> state) {
    this.calls = calls;
    this.places = places;
    this.state = state;
  }

  @Override
  public ToolEnding call(ToolAsked asked, ToolSend send) {
    return calls.call(assigned(asked), send);
  }

  @Override
  public ToolEnding fetch(ToolAsked asked, TaskTerms terms, ToolSend send) {
    return calls.fetch(asked.by(begun(asked, terms)), terms, send);
  }

  @Override
  public List<ObjectNode> visible(Caller caller, String server, List<ObjectNode> offered) {
    return calls.visible(caller, server, offered);
  }

  @Override
  public boolean visible(Caller caller, String server, String feature) {
    return calls.visible(caller, server, feature);
  }

  @Override
  public ListView view(Caller caller, List<String> servers) {
    return calls.view(caller, servers);
  }

  @Override
  public Caller assigned(Caller caller, Function<String, String> header) {
    return places.assigned(state.get(), caller, ToolOrigin.of(header, NOTHING).trail("", NOTHING));
  }

  @Override
  public boolean copied(Caller caller, ToolOrigin origin) {
    return caller.shadow().isPresent()
        || places.shadow(state.get(), caller, origin.trail("", NOTHING)).isPresent();
  }

  @Override
  public void changed(String server) {
    calls.changed(server);
  }

  /// What is done for a call has the version of that call, which cannot be told from it alone.
  private ToolAsked assigned(ToolAsked asked) {
    ToolOrigin origin = asked.origin();
    return asked.by(
        origin
            .caller()
            .orElseGet(() ->
                places.assigned(
                    state.get(), asked.caller(), origin.trail(asked.tool(), asked.arguments()))));
  }

  /// Whether what was given a version keeps it.
  private static boolean keeps(ReleaseRecord apart, TaskTerms.Tried tried) {
    return apart.release().id().equals(tried.trial().release())
        && apart.paired().filter(pair -> pair.cuts() > 0).isEmpty();
  }

  /// The caller as the shadow that asks, else as the one that began the task, else with its
  /// version.
  private Caller begun(ToolAsked asked, TaskTerms terms) {
    State now = state.get();
    Caller caller = asked.caller();
    return places
        .shadow(now, caller, asked.origin().trail(asked.tool(), asked.arguments()))
        .or(() -> terms.shadow().map(shadow -> ShadowRuns.shadowed(now, caller, shadow)))
        .orElseGet(() -> begun(now, caller, terms));
  }

  /// The caller with the version that began a task: the one that was tried then, as long as it is
  /// tried still, else the one in force.
  private static Caller begun(State now, Caller caller, TaskTerms terms) {
    String agent = caller.agent().name();
    Optional<ReleaseRecord> apart = now.releases().apart(agent, caller.environment());
    return terms
        .tried()
        .filter(tried -> apart.filter(record -> keeps(record, tried)).isPresent())
        .flatMap(tried ->
            now.version(agent, tried.version().hex())
                .map(version ->
                    new Caller(caller.key(), caller.agent(), version, Optional.of(tried.trial()))))
        .orElseGet(() -> Callers.holder(now, caller.key()));
  }
}
