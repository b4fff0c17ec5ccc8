// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.domain.Cost;
import dev.steward.gateway.identity.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What becomes known of one tool call, or request for what is no tool, on its way. One thread
/// fills it, from top to bottom.
public final class ToolRecord extends GovernedCall {
  private static final String TOOL = "tools/call";

  private final String server;
  private final String method;
  private final String tool;
  private final String callId;
  private final List<String> flags = new ArrayList<>();
  private final List<ShadowDuty> shadowed = new ArrayList<>();
  private String reason = "";
  private String effect = "";
  private String arguments = "";
  private String proposedBy = "";
  private String proposal = "";
  private String attribution = "none";
  private String result = "";
  private @Nullable Cost cost;
  private String instead = "";
  private boolean untold;

  /// A call of a tool.
  ///
  /// @param id 16 hex characters: the span's
  /// @param callId that the model gave the call, "" where it is not known
  public ToolRecord(
      String id, Instant startedAt, Caller caller, String server, String tool, String callId) {
    this(id, startedAt, caller, server, TOOL, tool, callId);
  }

  /// @param id 16 hex characters: the span's
  /// @param method of MCP
  /// @param tool or the name that rules know it by
  /// @param callId that the model gave the call, "" where it is not known
  public ToolRecord(
      String id,
      Instant startedAt,
      Caller caller,
      String server,
      String method,
      String tool,
      String callId) {
    super(id, startedAt);
    caller(caller);
    this.server = server;
    this.method = method;
    this.tool = tool;
    this.callId = callId;
  }

  @Override
  public Caller caller() {
    return Objects.requireNonNull(super.caller());
  }

  public String server() {
    return server;
  }

  public String method() {
    return method;
  }

  public boolean ofTool() {
    return method.equals(TOOL);
  }

  public String tool() {
    return tool;
  }

  public String callId() {
    return callId;
  }

  /// @param spanId of the model call that proposed it, "" when none is known
  /// @param found by what, `none` when none is known
  /// @param id that the model gave what it proposed, "" for none
  public void proposedBy(String spanId, String found, String id) {
    proposedBy = spanId;
    attribution = found;
    proposal = id;
  }

  /// The id that the model gave what it proposed, "" for none.
  public String proposal() {
    return proposal;
  }

  public String proposedBy() {
    return proposedBy;
  }

  public String attribution() {
    return attribution;
  }

  public void effect(String word) {
    effect = word;
  }

  public String effect() {
    return effect;
  }

  /// @param json as they are sent, which an approver may have changed
  public void arguments(String json) {
    arguments = json;
  }

  public String arguments() {
    return arguments;
  }

  /// Why the agent calls it, in its own words.
  public void reason(String words) {
    reason = words;
  }

  public String reason() {
    return reason;
  }

  /// Says that it told nothing that was not told before, so that it need not be kept.
  public void untold() {
    untold = true;
  }

  public boolean isUntold() {
    return untold;
  }

  /// @param json of the result as the client got it
  public void answered(String json) {
    result = json;
  }

  public String result() {
    return result;
  }

  public void charged(Cost charged) {
    cost = charged;
  }

  public @Nullable Cost cost() {
    return cost;
  }

  /// What policies in shadow mode would have demanded along with it.
  public List<ShadowDuty> shadowed() {
    return shadowed;
  }

  /// Says how it was answered without being made, since it is a copy of a live one.
  public void instead(String how) {
    instead = how;
  }

  /// "" where it was not.
  public String instead() {
    return instead;
  }

  public boolean answeredInstead() {
    return !instead.isEmpty();
  }

  /// What was noticed of its run, for people: it goes on.
  public List<String> flags() {
    return flags;
  }
}
